/**
 * What a cell declares, imports and refers to, read off its syntax tree: as
 * much as the type service has to know to let later cells see it.
 */
import type { ImportDeclaration, Node, Statement, TSImportEqualsDeclaration } from '@babel/types';
import { declaredNames, varDeclarations } from '../cells/bindings';
import { tryParseTypeScript } from '../cells/parse';
import { referencedNames, spanOf } from '../cells/walk';
import { type AmbientBlock, ambientBlockOf } from './ambient';

/** How a name may be used by later cells: variables are assigned, everything else is imported as it is. */
export type BindingKind = 'variable' | 'constant' | 'other';

/** One name that an import brings in. */
export interface ImportedName {
  readonly local: string;
  /** The statement that imports it, `LOCAL` standing for the local name. */
  readonly template: string;
}

/** One declaration, or several that share a name (overloads, merged interfaces). */
export interface Declaration {
  readonly names: ReadonlyMap<string, BindingKind>;
  /** The source, with its documentation, without the word `export`. */
  readonly text: string;
  /** Names that the source may refer to. */
  readonly references: ReadonlySet<string>;
}

/** A cell, as far as later cells are concerned. */
export interface CellDeclarations {
  readonly declarations: readonly Declaration[];
  readonly imports: readonly ImportedName[];
  /** Statements that import a module for its effects. */
  readonly effects: readonly string[];
  readonly ambient: readonly AmbientBlock[];
}

/** The local name in `ImportedName.template`. */
export const LOCAL = '\u0000';

/** Reads a cell; where it does not parse, nothing is declared. */
export function readDeclarations(code: string): CellDeclarations {
  const imports: ImportedName[] = [];
  const effects: string[] = [];
  const single: Declaration[] = [];
  const ambient: AmbientBlock[] = [];
  for (const statement of tryParseTypeScript(code)?.body ?? []) {
    const block = ambientBlockOf(statement, code);
    if (block !== undefined) ambient.push(block);
    else if (statement.type === 'ImportDeclaration') readImport(statement, imports, effects);
    else if (isRequire(statement)) imports.push(requireOf(statement));
    else single.push(...declarationOf(statement, code));
  }
  return { declarations: mergeShared(single), imports, effects, ambient };
}

/** The names a cell gives a meaning of its own, also where it does not (yet) parse. */
export function ownNames(code: string, { declarations, imports }: CellDeclarations): Set<string> {
  const declared = declarations.flatMap(({ names }) => [...names.keys()]);
  const names = new Set([...declared, ...imports.map(({ local }) => local)]);
  if (names.size > 0 || tryParseTypeScript(code) !== undefined) return names;
  for (const match of code.matchAll(DECLARATION)) names.add(match[1] ?? '');
  return names;
}

/** A declaration at the start of a line, for text that does not parse. */
const DECLARATION =
  /^(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:let|const|var|function\*?|class|enum|namespace|interface|type)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gmu;

/** Every word of a text that could be an identifier. */
export function wordsOf(code: string): Set<string> {
  return new Set(code.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
}

function declarationOf(statement: Statement, code: string): Declaration[] {
  const declaration = unexported(statement);
  if (declaration === undefined) return [];
  const names = new Map<string, BindingKind>();
  nameDeclaration(declaration, names);
  for (const { node } of varDeclarations([declaration])) {
    for (const name of declaredNames(node)) names.set(name, 'variable');
  }
  if (names.size === 0) return [];
  const references = referencedNames(declaration);
  const text = documentationBefore(statement, code) + sourceOf(declaration, code);
  return [{ names, text, references }];
}

/** Declarations of one cell that share a name stay together; a name with two meanings is no variable. */
function mergeShared(declarations: readonly Declaration[]): Declaration[] {
  let merged: Declaration[] = [];
  for (const declaration of declarations) {
    const shares = (other: Declaration): boolean =>
      [...declaration.names.keys()].some((name) => other.names.has(name));
    const parts = [...merged.filter(shares), declaration];
    merged = [...merged.filter((other) => !shares(other)), parts.length === 1 ? declaration : merge(parts)];
  }
  return merged;
}

function merge(parts: readonly Declaration[]): Declaration {
  const names = new Map<string, BindingKind>();
  for (const part of parts) {
    for (const [name, kind] of part.names)
      names.set(name, (names.get(name) ?? kind) === kind ? kind : 'other');
  }
  const references = new Set(parts.flatMap((part) => [...part.references]));
  return { names, text: parts.map(({ text }) => text).join('\n'), references };
}

/** The documentation comment directly above a statement. */
function documentationBefore(statement: Statement, code: string): string {
  const above = code.slice(0, spanOf(statement).start).trimEnd();
  return above.endsWith('*/') ? `${above.slice(Math.max(0, above.lastIndexOf('/**')))}\n` : '';
}

function unexported(statement: Statement): Statement | undefined {
  if (statement.type === 'ExportNamedDeclaration') return statement.declaration ?? undefined;
  if (statement.type !== 'ExportDefaultDeclaration') return statement;
  const { declaration } = statement;
  const isNamed =
    (declaration.type === 'FunctionDeclaration' ||
      declaration.type === 'ClassDeclaration' ||
      declaration.type === 'TSDeclareFunction') &&
    declaration.id != null;
  return isNamed ? declaration : undefined;
}

function nameDeclaration(node: Statement, names: Map<string, BindingKind>): void {
  switch (node.type) {
    case 'VariableDeclaration': {
      const kind = node.kind === 'let' || node.kind === 'var' ? 'variable' : 'constant';
      for (const name of declaredNames(node)) names.set(name, kind === 'constant' ? kind : 'variable');
      break;
    }
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSDeclareFunction':
    case 'TSEnumDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSModuleDeclaration':
    case 'TSImportEqualsDeclaration':
      if (node.id?.type === 'Identifier') names.set(node.id.name, 'other');
      break;
    default:
  }
}

function readImport(
  { source, specifiers, importKind, attributes }: ImportDeclaration,
  imports: ImportedName[],
  effects: string[],
): void {
  const word = importKind === 'type' || importKind === 'typeof' ? 'import type' : 'import';
  const from = JSON.stringify(source.value) + attributesOf(attributes);
  if (specifiers.length === 0) effects.push(`import ${from};`);
  for (const specifier of specifiers) {
    const local = specifier.local.name;
    if (specifier.type === 'ImportNamespaceSpecifier') {
      imports.push({ local, template: `${word} * as ${LOCAL} from ${from};` });
    } else if (specifier.type === 'ImportDefaultSpecifier') {
      imports.push({ local, template: `${word} ${LOCAL} from ${from};` });
    } else {
      const { imported, importKind: kind } = specifier;
      const name = imported.type === 'Identifier' ? imported.name : JSON.stringify(imported.value);
      const type = kind === 'type' ? 'type ' : '';
      imports.push({ local, template: `${word} { ${type}${name} as ${LOCAL} } from ${from};` });
    }
  }
}

function attributesOf(attributes: ImportDeclaration['attributes']): string {
  if (attributes == null || attributes.length === 0) return '';
  const entries = attributes.map(({ key, value }) => {
    const name = key.type === 'Identifier' ? key.name : key.value;
    return `${JSON.stringify(name)}: ${JSON.stringify(value.value)}`;
  });
  return ` with { ${entries.join(', ')} }`;
}

function isRequire(statement: Statement): statement is TSImportEqualsDeclaration {
  return (
    statement.type === 'TSImportEqualsDeclaration' &&
    statement.moduleReference.type === 'TSExternalModuleReference'
  );
}

function requireOf({ id, moduleReference }: TSImportEqualsDeclaration): ImportedName {
  const specifier =
    moduleReference.type === 'TSExternalModuleReference' ? moduleReference.expression.value : '';
  return { local: id.name, template: `import ${LOCAL} = require(${JSON.stringify(specifier)});` };
}

function sourceOf(node: Node, code: string): string {
  const { start, end } = spanOf(node);
  const text = code.slice(start, end);
  // `export import A = B.C` is one node; a decorator may stand before `export`.
  return text
    .replace(/^export\s+import\b/, 'import')
    .replace(/^((?:@[^\n]*\n\s*)*)export\s+(?:default\s+)?/, '$1');
}
