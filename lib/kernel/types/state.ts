/**
 * The state that committed cells left, as a handful of modules.
 *
 * The language server is fast, and stays as fast over hundreds of cells,
 * where no module comes, goes or changes what it imports. So the cells'
 * declarations are packed into a few modules that all import one another
 * from the start: a declaration goes to the first where every name means
 * what it means to it. A name declared again lands in another module, and
 * the old declaration stays only as long as something that is still visible
 * was typed with it. Imports of packages have a module of their own, where
 * each stands once.
 */
import type { AmbientBlock } from './ambient';
import { supersedes } from './ambient';
import { type BindingKind, type CellDeclarations, type Declaration, LOCAL } from './declarations';

/** Where the meaning of a name is found. */
export interface Binding {
  readonly kind: BindingKind;
  /** The name it is exported under. */
  readonly exported: string;
  /** What declares it; undefined for imports of packages. */
  readonly unit: Unit | undefined;
}

/** A declaration, with what the names it refers to meant when it ran, and the module it is in. */
interface Unit {
  readonly declaration: Declaration;
  references: ReadonlyMap<string, Binding>;
  slot: number;
}

interface PlacedBlock {
  readonly block: AmbientBlock;
  readonly references: ReadonlyMap<string, Binding>;
}

/** Modules there are from the start, and at most. More than the first few are hardly ever used. */
const FIRST_SLOTS = 8;
const MOST_SLOTS = 32;

export class CellState {
  readonly #visible = new Map<string, Binding>();
  #units: Unit[] = [];
  #slots = FIRST_SLOTS;
  #ambient: PlacedBlock[] = [];
  /** From an import statement's template to the name it is exported under. */
  readonly #imports = new Map<string, string>();
  readonly #effects = new Set<string>();

  /** What each name means to the next cell. */
  get visible(): ReadonlyMap<string, Binding> {
    return this.#visible;
  }

  /** How many modules hold declarations. */
  get slots(): number {
    return this.#slots;
  }

  /** Adds what a cell declares; its names hide earlier ones. */
  commit({ declarations, imports, effects, ambient }: CellDeclarations): void {
    for (const effect of effects) this.#effects.add(effect);
    for (const { local, template } of imports) {
      this.#visible.set(local, { kind: 'other', exported: this.#importedAs(template), unit: undefined });
    }
    const units = declarations.map((declaration): Unit => ({ declaration, references: new Map(), slot: -1 }));
    for (const unit of units) {
      for (const [name, kind] of unit.declaration.names)
        this.#visible.set(name, { kind, exported: name, unit });
    }
    for (const unit of units) unit.references = this.#meaningOf(unit.declaration.references, unit);
    this.#replaceAmbient(ambient);
    this.#units.push(...units);
    this.#sweep();
    if (!this.#place(units)) this.#forgetHidden();
  }

  /** The text of one module of declarations. */
  moduleText(slot: number, specifiers: ModuleNames): string {
    const units = this.#units.filter((unit) => unit.slot === slot);
    const imported = new Map<string, Binding>();
    for (const { references } of units) {
      for (const [name, binding] of references) {
        if (binding.unit?.slot !== slot) imported.set(name, binding);
      }
    }
    const header = importLines(imported, this.#slots, specifiers);
    const texts = units.map(({ declaration }) => declaration.text);
    const names = units.flatMap(({ declaration }) => [...declaration.names.keys()]);
    return [header, ...texts, `export { ${names.join(', ')} };`].join('\n');
  }

  /** The text of the module that imports packages and holds what cells add to the world. */
  importsText(specifiers: ModuleNames): string {
    const references = new Map(this.#ambient.flatMap((placed) => [...placed.references]));
    const header = importLines(references, this.#slots, specifiers);
    const statements = [...this.#imports].map(([template, name]) => template.replace(LOCAL, name));
    const exported = `export { ${[...this.#imports.values()].join(', ')} };`;
    const blocks = this.#ambient.map(({ block }) => block.text);
    return [header, ...this.#effects, ...statements, ...blocks, exported].join('\n');
  }

  #importedAs(template: string): string {
    const known = this.#imports.get(template);
    if (known !== undefined) return known;
    const name = `import${this.#imports.size}`;
    this.#imports.set(template, name);
    return name;
  }

  #replaceAmbient(blocks: readonly AmbientBlock[]): void {
    const kept = this.#ambient.filter((old) => !blocks.some((block) => supersedes(block, old.block)));
    const placed = blocks.map((block) => ({ block, references: this.#meaningOf(block.references) }));
    this.#ambient = [...kept, ...placed];
  }

  /** What names mean now, without those that a unit declares itself. */
  #meaningOf(names: Iterable<string>, unit?: Unit): Map<string, Binding> {
    const meaning = new Map<string, Binding>();
    for (const name of names) {
      const binding = this.#visible.get(name);
      if (binding !== undefined && (unit === undefined || binding.unit !== unit)) meaning.set(name, binding);
    }
    return meaning;
  }

  /** Puts units where their names mean the same; returns false where one fits nowhere, and stands in the last. */
  #place(units: readonly Unit[]): boolean {
    const modules = this.#meaningsByModule();
    let fitted = true;
    for (const unit of units) {
      const own = meaningsIn(unit);
      const found = modules.findIndex((meanings) =>
        own.every(([name, key]) => (meanings.get(name) ?? key) === key),
      );
      fitted &&= found !== -1;
      unit.slot = found === -1 ? MOST_SLOTS - 1 : found;
      for (const [name, key] of own) modules[unit.slot]?.set(name, key);
      this.#slots = Math.max(this.#slots, unit.slot + 1);
    }
    return fitted;
  }

  #meaningsByModule(): Map<string, unknown>[] {
    const modules = Array.from({ length: MOST_SLOTS }, () => new Map<string, unknown>());
    for (const unit of this.#units) {
      for (const [name, key] of meaningsIn(unit)) modules[unit.slot]?.set(name, key);
    }
    return modules;
  }

  /**
   * Where so many hidden declarations are still needed that the modules are used up,
   * they are let go: what was typed with them is typed with what their names mean now.
   */
  #forgetHidden(): void {
    const shown = new Set([...this.#visible.values()].map(({ unit }) => unit));
    this.#units = this.#units.filter((unit) => shown.has(unit));
    for (const unit of this.#units) {
      unit.references = this.#meaningOf(unit.declaration.references, unit);
      unit.slot = -1;
    }
    this.#place(this.#units);
  }

  /** Drops the declarations that nothing visible depends on any more. */
  #sweep(): void {
    const needed = new Set<Unit>();
    const pending = [...this.#visible.values()];
    for (const { references } of this.#ambient) pending.push(...references.values());
    for (let binding = pending.pop(); binding !== undefined; binding = pending.pop()) {
      const { unit } = binding;
      if (unit === undefined || needed.has(unit)) continue;
      needed.add(unit);
      pending.push(...unit.references.values());
    }
    if (needed.size < this.#units.length) this.#units = this.#units.filter((unit) => needed.has(unit));
  }
}

/** Each name a unit declares or refers to, with something that is the same only for the same meaning. */
function meaningsIn(unit: Unit): [string, unknown][] {
  const declared = [...unit.declaration.names.keys()].map((name): [string, unknown] => [name, unit]);
  const referred = [...unit.references].map(([name, { unit: other, exported }]): [string, unknown] => [
    name,
    other ?? exported,
  ]);
  return [...declared, ...referred];
}

/** The specifiers under which the modules of the state import one another. */
export interface ModuleNames {
  readonly imports: string;
  readonly slot: (index: number) => string;
}

/**
 * One line of imports that brings in the bindings, each under the name `rename` gives it.
 * Every module is named, always in the same order, also where nothing is taken from it:
 * the server rebuilds its program only where the specifiers change.
 */
export function importLines(
  bindings: ReadonlyMap<string, Binding>,
  slots: number,
  specifiers: ModuleNames,
  rename: (name: string, binding: Binding) => string = (name) => name,
): string {
  const lists = new Map<number, string[]>();
  for (const [name, binding] of bindings) {
    const slot = binding.unit?.slot ?? IMPORTS;
    const list = lists.get(slot) ?? [];
    if (list.length === 0) lists.set(slot, list);
    const local = rename(name, binding);
    list.push(local === binding.exported ? local : `${binding.exported} as ${local}`);
  }
  const line = (slot: number, specifier: string): string =>
    `import { ${(lists.get(slot) ?? []).join(', ')} } from ${JSON.stringify(specifier)};`;
  const modules = Array.from({ length: slots }, (_, slot) => line(slot, specifiers.slot(slot)));
  return [line(IMPORTS, specifiers.imports), ...modules].join(' ');
}

const IMPORTS = -1;
