/** The public list as a compiler sees it: each function with its arguments, and what each may be. */
import ts from '@tslab/typescript-for-tslab';
import { publicEntry, publicProgram } from './public-program';

/** What `typeof` and the like tell of a value. */
export type ValueClass =
  | 'undefined'
  | 'null'
  | 'number'
  | 'string'
  | 'boolean'
  | 'function'
  | 'array'
  | 'object'
  | 'anything';

export interface PublicArgument {
  /** Its name; `options` where the declaration takes it apart. */
  readonly name: string;
  readonly type: ts.Type;
}

export interface PublicFunction {
  readonly name: string;
  readonly isClass: boolean;
  /** The arguments of each signature. */
  readonly signatures: readonly (readonly PublicArgument[])[];
}

const program = publicProgram({ skipLibCheck: true });
const checker = program.getTypeChecker();
const file = program.getSourceFile(publicEntry) as ts.SourceFile;

/** Every function and class of the public list that takes arguments. */
export function publicFunctions(): readonly PublicFunction[] {
  const list = checker.getExportsOfModule(checker.getSymbolAtLocation(file) as ts.Symbol);
  return list.flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    if (!(symbol.flags & ts.SymbolFlags.Value) || isTypeOnly(exported)) return [];
    const type = checker.getTypeOfSymbolAtLocation(symbol, file);
    const isClass = type.getConstructSignatures().length > 0;
    const signatures = (isClass ? type.getConstructSignatures() : type.getCallSignatures()).map(argumentsOf);
    return signatures.some((each) => each.length > 0) ? [{ name: exported.name, isClass, signatures }] : [];
  });
}

/** Whether a class is exported for its type alone. */
function isTypeOnly({ declarations = [] }: ts.Symbol): boolean {
  return declarations.some(
    (each) => ts.isExportSpecifier(each) && (each.isTypeOnly || each.parent.parent.isTypeOnly),
  );
}

function argumentsOf(signature: ts.Signature): PublicArgument[] {
  return signature.parameters.map((parameter) => {
    const { valueDeclaration } = parameter;
    const isOptional =
      valueDeclaration !== undefined &&
      checker.isOptionalParameter(valueDeclaration as ts.ParameterDeclaration);
    const type = typeOf(parameter);
    const name = parameter.name.startsWith('__') ? 'options' : parameter.name;
    return { name, type: isOptional ? withUndefined(type) : type };
  });
}

const optional = new Set<ts.Type>();

/** Remembers that an argument may be left out; its type may have lost that. */
function withUndefined(type: ts.Type): ts.Type {
  if (!parts(type).some((part) => part.flags & ts.TypeFlags.Undefined)) optional.add(type);
  return type;
}

const typeOf = (symbol: ts.Symbol): ts.Type => checker.getTypeOfSymbolAtLocation(symbol, file);

/** The parts of a union; type parameters stand for what they extend. */
export function parts(type: ts.Type): readonly ts.Type[] {
  if (type.isUnion()) return type.types.flatMap(parts);
  if (type.flags & (ts.TypeFlags.TypeParameter | ts.TypeFlags.Index | ts.TypeFlags.IndexedAccess)) {
    const constraint = checker.getBaseConstraintOfType(type);
    return constraint === undefined || constraint === type ? [type] : parts(constraint);
  }
  return [type];
}

/** The name of a type, without its parameters: `Dataset`. */
export const nameOf = (type: ts.Type): string =>
  checker.typeToString(checker.getNonNullableType(type)).replace(/<.*|\(.*/s, '');

/** The words or numbers that a type is a choice of; undefined where it is something else. */
export function choicesOf(type: ts.Type): readonly (string | number)[] | undefined {
  const given = parts(type).filter(({ flags }) => !(flags & ts.TypeFlags.Undefined));
  const literals = given.flatMap((part) =>
    part.isStringLiteral() || part.isNumberLiteral() ? [part.value] : [],
  );
  return literals.length > 0 && literals.length === given.length ? literals : undefined;
}

/** The classes of value that a type takes. */
export function classesOf(type: ts.Type): ReadonlySet<ValueClass> {
  const classes = new Set(parts(type).flatMap(classOf));
  if (optional.has(type)) classes.add('undefined');
  return classes;
}

const UNDECIDED =
  ts.TypeFlags.Any |
  ts.TypeFlags.Unknown |
  ts.TypeFlags.TypeParameter |
  ts.TypeFlags.Index |
  ts.TypeFlags.IndexedAccess;

function classOf(type: ts.Type): ValueClass[] {
  const { flags } = type;
  if (flags & UNDECIDED) return ['anything'];
  if (flags & ts.TypeFlags.Undefined) return ['undefined'];
  if (flags & ts.TypeFlags.Null) return ['null'];
  if (flags & ts.TypeFlags.NumberLike) return ['number'];
  if (flags & ts.TypeFlags.StringLike) return ['string'];
  if (flags & ts.TypeFlags.BooleanLike) return ['boolean'];
  // `keyof Row & string`.
  if (type.isIntersection() && type.types.some((part) => part.flags & ts.TypeFlags.String)) return ['string'];
  if (type.getCallSignatures().length > 0) return ['function'];
  return itemOf(type) === undefined ? ['object'] : ['array'];
}

function itemOf(type: ts.Type): ts.Type | undefined {
  return type.getProperty('length') && checker.getIndexTypeOfType(type, ts.IndexKind.Number);
}

/** The classes of what stands in lists of a type, whichever of its parts they are. */
export function itemClassesOf(type: ts.Type): ReadonlySet<ValueClass> {
  return new Set(parts(type).flatMap((part) => [...itemsOf(part)].flatMap((item) => [...classesOf(item)])));
}

/** The types of a list's items: of a tuple one for each place, else one. */
export function itemsOf(type: ts.Type): readonly ts.Type[] {
  for (const part of parts(type)) {
    if (checker.isTupleType(part)) return checker.getTypeArguments(part as ts.TypeReference);
    const item = itemOf(part);
    if (item !== undefined) return [item];
  }
  return [];
}

export interface PublicField {
  readonly name: string;
  readonly type: ts.Type;
  readonly isOptional: boolean;
}

/** The fields of an object type. */
export function fieldsOf(type: ts.Type): readonly PublicField[] {
  const objects = parts(type).filter((part) => classOf(part)[0] === 'object');
  const names = new Set(objects.flatMap((part) => part.getProperties().map(({ name }) => name)));
  return [...names].map((name) => {
    const found = objects.flatMap((part) => part.getProperty(name) ?? []);
    const isOptional =
      found.length < objects.length || found.some(({ flags }) => flags & ts.SymbolFlags.Optional);
    return { name, type: typeOf(found[0] as ts.Symbol), isOptional };
  });
}
