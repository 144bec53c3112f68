/** Static imports as declarations: `import a, { b as c } from 'x'` becomes `let { default: a, b: c } = await …`. */
import type { ImportAttribute, ImportDeclaration, StringLiteral } from '@babel/types';

/**
 * The session's import function, as compiled cells call it:
 * `await __inkwell_import__(specifier, { with: attributes }?)` gives the module's namespace,
 * `__inkwell_import__.meta` stands for `import.meta`.
 */
export const IMPORT_FUNCTION = '__inkwell_import__';

/** The call that loads a module. */
export function importCall(source: StringLiteral, attributes?: readonly ImportAttribute[] | null): string {
  const specifier = JSON.stringify(source.value);
  if (attributes == null || attributes.length === 0) return `${IMPORT_FUNCTION}(${specifier})`;
  const entries = attributes.map(({ key, value }) => {
    const name = key.type === 'Identifier' ? key.name : key.value;
    return `${JSON.stringify(name)}: ${JSON.stringify(value.value)}`;
  });
  return `${IMPORT_FUNCTION}(${specifier}, { with: { ${entries.join(', ')} } })`;
}

/** The statement that stands for an import declaration. */
export function importStatement({ source, specifiers, attributes }: ImportDeclaration): string {
  const call = `await ${importCall(source, attributes)}`;
  const namespace = specifiers.find((specifier) => specifier.type === 'ImportNamespaceSpecifier');
  const names = specifiers.flatMap((specifier) => {
    if (specifier.type === 'ImportNamespaceSpecifier') return [];
    if (specifier.type === 'ImportDefaultSpecifier') return [`default: ${specifier.local.name}`];
    const { imported, local } = specifier;
    const key = imported.type === 'Identifier' ? imported.name : JSON.stringify(imported.value);
    return [key === local.name ? key : `${key}: ${local.name}`];
  });
  const pattern = `{ ${names.join(', ')} }`;
  if (namespace === undefined) return names.length === 0 ? `${call};` : `let ${pattern} = ${call};`;
  const { name } = namespace.local;
  return `let ${name} = ${call}${names.length === 0 ? '' : `, ${pattern} = ${name}`};`;
}
