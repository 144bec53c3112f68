/**
 * Results that the transpiler would lose: esbuild drops a statement that folds
 * to a constant (`"a" + "b"`, `!1`, `NaN`), but the last one of a cell is its
 * result. Put in a list and taken out again, it stays.
 */
import type { Node, Program } from '@babel/types';

const CONSTANTS = new Set(['NaN', 'Infinity', 'undefined']);

/** The cell with its last expression kept from folding; undefined where there is nothing to keep. */
export function keepConstant(code: string, { body }: Program): string | undefined {
  const last = body.filter(({ type }) => type !== 'EmptyStatement').at(-1);
  if (last?.type !== 'ExpressionStatement' || !mayFold(last.expression)) return undefined;
  const [from, to] = [last.start ?? 0, last.end ?? 0];
  const expression = code.slice(from, to).replace(/;$/, '');
  // The semicolon keeps the bracket from becoming an index into what stands before;
  // the line break keeps it out of a comment.
  return `${code.slice(0, from)};[${expression}\n][0];${code.slice(to)}`;
}

/** Whether an expression is made of constants only; `E.A` may be one, a member of an enum. */
function mayFold(node: Node): boolean {
  switch (node.type) {
    case 'Identifier':
      return CONSTANTS.has(node.name);
    case 'MemberExpression':
      return node.object.type === 'Identifier' && !node.computed;
    case 'UnaryExpression':
      return isConstant(node.argument);
    case 'BinaryExpression':
    case 'LogicalExpression':
      return isConstant(node.left) && isConstant(node.right);
    case 'ConditionalExpression':
      return isConstant(node.test) && isConstant(node.consequent) && isConstant(node.alternate);
    case 'TemplateLiteral':
      return node.expressions.every(isConstant);
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
      return mayFold(node.expression);
    default:
      return false;
  }
}

function isConstant(node: Node): boolean {
  return /^(?:String|Numeric|Boolean|Null|BigInt)Literal$/.test(node.type) || mayFold(node);
}
