/**
 * What a session's earlier cells did with names, as far as it decides whether
 * a loop may keep a variable to itself. One object per session; the compiler
 * reads it and adds to it.
 */
import type { Program, Statement } from '@babel/types';
import { declaredNames, varDeclarations } from './bindings';
import { type Leaves, newLeaves } from './leaves';
import { opensFunctionScope, referencedNames, walk } from './walk';

export interface CellHistory {
  /** Variables of earlier cells. */
  readonly variables: Set<string>;
  /** Names that functions and classes of earlier cells refer to: a call may read or write them. */
  readonly captured: Set<string>;
  /** Functions that a loop may call. */
  readonly leaves: Leaves;
  /** Whether code was made from text somewhere, which may refer to anything. */
  evaluatesText: boolean;
}

/** The history of a session in which nothing ran yet. */
export function newCellHistory(): CellHistory {
  return { variables: new Set(), captured: new Set(), leaves: newLeaves(), evaluatesText: false };
}

/** Adds a transpiled cell to a history. */
export function remember(history: CellHistory, program: Program): void {
  for (const name of capturedNames(program)) history.captured.add(name);
  for (const name of topLevelVariables(program.body)) history.variables.add(name);
  history.evaluatesText ||= evaluatesText(program);
}

/** Names that the functions and classes of a cell refer to, their own locals included. */
export function capturedNames(program: Program): Set<string> {
  const names = new Set<string>();
  walk(program, (node) => {
    if (!opensFunctionScope(node)) return true;
    for (const name of referencedNames(node)) names.add(name);
    return false;
  });
  return names;
}

/** The variables that statements of a cell's top level declare. */
export function topLevelVariables(statements: readonly Statement[]): string[] {
  const lexical = statements.flatMap((statement) => {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    return declaration?.type === 'VariableDeclaration' ? declaredNames(declaration) : [];
  });
  return [...lexical, ...varDeclarations(statements).flatMap(({ node }) => declaredNames(node))];
}

/** Whether a cell mentions what turns text into code. */
export function evaluatesText(program: Program): boolean {
  const names = referencedNames(program);
  return names.has('eval') || names.has('Function');
}
