/** The names that JavaScript declares: in patterns, and as `var` anywhere in a script's own scope. */
import type { Node, Statement, VariableDeclaration } from '@babel/types';
import { opensFunctionScope, walk } from './walk';

/** The names a pattern binds, in the order written. */
export function boundNames(pattern: Node): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        boundNames(property.type === 'RestElement' ? property.argument : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element === null ? [] : boundNames(element)));
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    case 'RestElement':
      return boundNames(pattern.argument);
    default:
      return [];
  }
}

/** The names of all the declarators of one declaration. */
export function declaredNames(declaration: VariableDeclaration): string[] {
  return declaration.declarations.flatMap(({ id }) => boundNames(id));
}

/** A `var` declaration and the node it stands in. */
export interface VarDeclaration {
  readonly node: VariableDeclaration;
  readonly parent: Node | undefined;
}

/** Every `var` of a list of statements that is not inside a function, in the order written. */
export function varDeclarations(statements: readonly Statement[]): VarDeclaration[] {
  const found: VarDeclaration[] = [];
  for (const statement of statements) {
    walk(statement, (node, parent) => {
      if (opensFunctionScope(node)) return false;
      if (node.type === 'VariableDeclaration' && node.kind === 'var') found.push({ node, parent });
      return true;
    });
  }
  return found.sort((a, b) => (a.node.start ?? 0) - (b.node.start ?? 0));
}

/** The variables that a node itself assigns: not those beneath it, not members. */
export function assignedNames(node: Node): string[] {
  switch (node.type) {
    case 'AssignmentExpression':
      return boundNames(node.left);
    case 'UpdateExpression':
      return boundNames(node.argument);
    case 'ForInStatement':
    case 'ForOfStatement':
      return node.left.type === 'VariableDeclaration' ? [] : boundNames(node.left);
    default:
      return [];
  }
}
