/**
 * A transpiled cell as a script for V8's REPL mode.
 *
 * In that mode `let` may be declared again by a later script, and every
 * closure of every earlier one then sees the new value; `const`, functions
 * and `var` may not change kind. So each declaration at a cell's top level
 * becomes a `let`: what a name was before never forbids what it becomes.
 * Functions keep being hoisted, `var` keeps its scope, and imports become
 * awaited calls of the session's import function, first of all.
 *
 * A cell may leave its semicolons out. What is taken away leaves one behind,
 * and what is put in parentheses gets its own, so that no two statements
 * become one.
 */
import type {
  ClassDeclaration,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  FunctionDeclaration,
  ImportDeclaration,
  Program,
  Statement,
  VariableDeclaration,
} from '@babel/types';
import type MagicString from 'magic-string';
import { declaredNames, type VarDeclaration, varDeclarations } from './bindings';
import { IMPORT_FUNCTION, importCall, importStatement } from './imports';
import { type Span, spanOf, walk } from './walk';

/** Where a rewriting stands: the text, where hoisted statements go, and what was found. */
interface Rewriting {
  readonly text: MagicString;
  /** Offset after the directive, before the first statement. */
  readonly top: number;
  readonly imports: string[];
}

/**
 * Rewrites `text`, whose tree is `program`, in place.
 * `top` is the offset hoisted statements move to; it must lie before the first statement.
 * Returns the specifiers of the static imports, in order.
 */
export function rewriteAsScript(text: MagicString, program: Program, top: number): string[] {
  const rewriting: Rewriting = { text, top, imports: [] };
  const functions = new Set<string>();
  // Two passes over the statements, so that imports stand before functions.
  for (const statement of program.body) hoistImport(rewriting, statement);
  for (const statement of program.body) rewriteStatement(rewriting, statement, functions);
  rewriteVars(rewriting, program.body, functions);
  rewriteExpressions(rewriting, program);
  return rewriting.imports;
}

function hoistImport(rewriting: Rewriting, statement: Statement): void {
  if (statement.type === 'ImportDeclaration') moveImport(rewriting, statement);
  else if (statement.type === 'ExportAllDeclaration') moveReexport(rewriting, statement);
  else if (statement.type === 'ExportNamedDeclaration' && statement.source != null) {
    moveReexport(rewriting, statement);
  }
}

function moveImport({ text, top, imports }: Rewriting, statement: ImportDeclaration): void {
  const { start, end } = spanOf(statement);
  imports.push(statement.source.value);
  text.update(start, end, importStatement(statement));
  moveUp(text, { start, end }, top);
}

/** `export … from 'x'` declares nothing in a cell; the module is loaded, as it would be. */
function moveReexport(
  { text, top, imports }: Rewriting,
  statement: Extract<Statement, { type: 'ExportAllDeclaration' | 'ExportNamedDeclaration' }>,
): void {
  if (statement.source == null) return;
  const { start, end } = spanOf(statement);
  imports.push(statement.source.value);
  text.update(start, end, `await ${importCall(statement.source, statement.attributes)};`);
  moveUp(text, { start, end }, top);
}

/** Moves a statement to the top; a semicolon stays in its place. */
function moveUp(text: MagicString, { start, end }: Span, top: number): void {
  text.appendLeft(start, ';');
  text.move(start, end, top);
}

function rewriteStatement(rewriting: Rewriting, statement: Statement, functions: Set<string>): void {
  switch (statement.type) {
    case 'VariableDeclaration':
      makeLet(rewriting, statement);
      break;
    case 'ClassDeclaration':
      makeLetClass(rewriting, statement);
      break;
    case 'FunctionDeclaration':
      hoistFunction(rewriting, statement, functions);
      break;
    case 'ExportNamedDeclaration':
      unwrapExport(rewriting, statement, functions);
      break;
    case 'ExportDefaultDeclaration':
      unwrapDefault(rewriting, statement, functions);
      break;
    default:
  }
}

function makeLet({ text }: Rewriting, declaration: VariableDeclaration): void {
  if (declaration.kind !== 'const') return;
  const { start } = spanOf(declaration);
  text.update(start, start + 'const'.length, 'let');
}

function makeLetClass({ text }: Rewriting, declaration: ClassDeclaration): void {
  const { start, end } = spanOf(declaration);
  if (declaration.id == null) return;
  text.prependRight(start, `let ${declaration.id.name} = `);
  text.appendLeft(end, ';');
}

/** The name is dropped from the expression, which takes it from the variable, so that recursion goes through the variable. */
function hoistFunction(
  { text, top }: Rewriting,
  declaration: FunctionDeclaration,
  functions: Set<string>,
): void {
  const { start, end } = spanOf(declaration);
  if (declaration.id == null) return;
  const { name } = declaration.id;
  const id = spanOf(declaration.id);
  text.update(id.start, id.end, '');
  // Of two functions with one name the last holds, as in any script.
  text.prependRight(start, functions.has(name) ? `${name} = ` : `let ${name} = `);
  text.appendLeft(end, ';');
  moveUp(text, { start, end }, top);
  functions.add(name);
}

function unwrapExport(rewriting: Rewriting, statement: ExportNamedDeclaration, functions: Set<string>): void {
  const { declaration } = statement;
  const { start, end } = spanOf(statement);
  if (statement.source != null) return;
  if (declaration == null) {
    rewriting.text.update(start, end, ';');
    return;
  }
  rewriting.text.remove(start, spanOf(declaration).start);
  rewriteStatement(rewriting, declaration, functions);
}

function unwrapDefault(
  rewriting: Rewriting,
  { start, declaration }: ExportDefaultDeclaration,
  functions: Set<string>,
): void {
  const inner = spanOf(declaration);
  rewriting.text.remove(start ?? inner.start, inner.start);
  if (declaration.type === 'FunctionDeclaration' && declaration.id != null) {
    hoistFunction(rewriting, declaration, functions);
  } else if (declaration.type === 'ClassDeclaration' && declaration.id != null) {
    makeLetClass(rewriting, declaration);
  } else {
    rewriting.text.appendLeft(inner.start, ';(');
    rewriting.text.appendLeft(inner.end, ');');
  }
}

/** `var` hoists to the top of the cell, from blocks and loops too; what is left in its place assigns. */
function rewriteVars({ text, top }: Rewriting, body: readonly Statement[], functions: Set<string>): void {
  const names = new Set<string>();
  for (const declaration of varDeclarations(body)) {
    const { node } = declaration;
    for (const name of declaredNames(node)) names.add(name);
    const first = node.declarations[0];
    const last = node.declarations.at(-1);
    if (first === undefined || last === undefined) continue;
    const { start, end } = spanOf(node);
    const [before, after] = bracketsFor(declaration);
    text.update(start, spanOf(first).start, before);
    text.appendLeft(spanOf(last).end, after === ')' && spanOf(last).end === end ? ');' : after);
  }
  const fresh = [...names].filter((name) => !functions.has(name));
  if (fresh.length > 0) text.appendLeft(top, ` let ${fresh.join(', ')};`);
}

/** What stands around the assignments that a `var` becomes: nothing in a loop's head. */
function bracketsFor({ node, parent }: VarDeclaration): readonly [string, string] {
  switch (parent?.type) {
    case 'ForStatement':
      return parent.init === node ? ['', ''] : ['(', ')'];
    case 'ForInStatement':
    case 'ForOfStatement':
      return parent.left === node ? ['', ''] : ['(', ')'];
    case undefined:
    case 'BlockStatement':
    case 'SwitchCase':
    case 'ExportNamedDeclaration':
      return [';(', ')'];
    default:
      return ['(', ')'];
  }
}

function rewriteExpressions({ text }: Rewriting, program: Program): void {
  walk(program, (node) => {
    const { start, end } = spanOf(node);
    if (node.type === 'ImportExpression') {
      text.update(start, start + 'import'.length, IMPORT_FUNCTION);
    } else if (node.type === 'MetaProperty' && node.meta.name === 'import') {
      text.update(start, end, `${IMPORT_FUNCTION}.meta`);
    }
    return true;
  });
}
