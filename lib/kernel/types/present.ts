/** The next cell as a module: a line that brings in what earlier cells declared, then the cell as written. */
import type { CellState, ModuleNames } from './state';
import { importLines } from './state';

/** Lines above the cell's own. */
export const LINES_ABOVE = 1;

/** What marks the names under which variables are imported, to be declared again as assignable ones. */
export const INTERNAL = 'inkwell$';

/** Names to leave out, and those to take; `used` undefined takes all that is visible. */
export interface Scope {
  readonly own: ReadonlySet<string>;
  readonly used?: ReadonlySet<string>;
}

/** The module's text. An imported variable cannot be assigned to, so each is declared once more with its type. */
export function presentCell(
  code: string,
  state: CellState,
  { own, used }: Scope,
  modules: ModuleNames,
): string {
  const bindings = new Map(
    [...state.visible].filter(([name]) => !own.has(name) && (used === undefined || used.has(name))),
  );
  const imports = importLines(bindings, state.slots, modules, (name, { kind }) =>
    kind === 'other' ? name : INTERNAL + name,
  );
  const declarations = [...bindings].flatMap(([name, { kind }]) => {
    if (kind === 'other') return [];
    return [`declare ${kind === 'variable' ? 'let' : 'const'} ${name}: typeof ${INTERNAL}${name};`];
  });
  return `${imports} ${declarations.join(' ')}\n${code}\nexport {};\n`;
}
