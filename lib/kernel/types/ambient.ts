/**
 * `declare global { … }` and `declare module 'x' { … }`: what a cell adds to
 * the world around it. A later block that says something about the same
 * members takes the place of the earlier one, so that a cell can be edited
 * and run again.
 */
import type { Node, Statement } from '@babel/types';
import { boundNames } from '../cells/bindings';
import { spanOf } from '../cells/walk';

export interface AmbientBlock {
  readonly text: string;
  /** What it declares: `global:name` or, in interfaces, `global:name.member`. */
  readonly keys: ReadonlySet<string>;
  /** Words of the text, some of which may name what cells declared. */
  readonly references: ReadonlySet<string>;
}

/** The block that a statement is, if it is one. */
export function ambientBlockOf(statement: Statement, code: string): AmbientBlock | undefined {
  if (statement.type !== 'TSModuleDeclaration') return undefined;
  const { id, body } = statement;
  const scope = id.type === 'StringLiteral' ? id.value : statement.kind === 'global' ? 'global' : undefined;
  if (scope === undefined) return undefined;
  const { start, end } = spanOf(statement);
  const keys = new Set<string>();
  const statements = body?.type === 'TSModuleBlock' ? body.body : [];
  for (const inner of statements) for (const key of keysOf(inner)) keys.add(`${scope}:${key}`);
  const text = code.slice(start, end);
  return { text, keys, references: new Set(text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu)) };
}

/** Whether a later block takes an earlier one's place. */
export function supersedes(later: AmbientBlock, earlier: AmbientBlock): boolean {
  return [...earlier.keys].some((key) => later.keys.has(key));
}

function keysOf(node: Node): string[] {
  switch (node.type) {
    case 'ExportNamedDeclaration':
      return node.declaration == null ? [] : keysOf(node.declaration);
    case 'VariableDeclaration':
      return node.declarations.flatMap(({ id }) => boundNames(id));
    case 'TSInterfaceDeclaration':
      return node.body.body.map((member) => `${node.id.name}.${memberKey(member)}`);
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSDeclareFunction':
    case 'TSEnumDeclaration':
    case 'TSTypeAliasDeclaration':
      return node.id == null ? [] : [node.id.name];
    case 'TSModuleDeclaration':
      return node.body.type === 'TSModuleBlock' ? node.body.body.flatMap(keysOf) : [];
    default:
      return [];
  }
}

function memberKey(member: Node): string {
  if (!('key' in member)) return member.type;
  const { key } = member;
  if (typeof key !== 'object' || key === null) return member.type;
  if (key.type === 'Identifier') return key.name;
  return key.type === 'StringLiteral' ? key.value : `${member.type}@${key.type}`;
}
