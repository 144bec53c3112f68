/**
 * Checks parsed JSON against nbformat 4.5 and says, in words, what is wrong
 * and in which cell. Beyond the schema: cell ids must be unique.
 */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { cellSchemas, frameSchema, outputSchemas } from './schema';

type Plain = { readonly [key: string]: unknown };

let validators: Map<object, ValidateFunction> | undefined;

/** Compiles a schema once. */
function validatorOf(schema: object): ValidateFunction {
  validators ??= new Map();
  let validator = validators.get(schema);
  if (validator === undefined) {
    validator = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
    validators.set(schema, validator);
  }
  return validator;
}

function inWords(error: ErrorObject): string {
  const where = error.instancePath === '' ? '' : `${error.instancePath.slice(1).replaceAll('/', '.')} `;
  if (error.keyword === 'additionalProperties') {
    return `${where}has a key that the format does not know: "${error.params['additionalProperty']}"`;
  }
  if (error.keyword === 'const') return `${where}must be ${JSON.stringify(error.params['allowedValue'])}`;
  if (error.keyword === 'enum') return `${where}must be one of ${error.params['allowedValues'].join(', ')}`;
  return `${where}${error.message ?? 'is not valid'}`;
}

function problemsOf(schema: object, value: unknown, where: string): string[] {
  const validate = validatorOf(schema);
  if (validate(value)) return [];
  const errors = validate.errors ?? [];
  // Of an `anyOf` (text or lines), its own one-line verdict says enough.
  return errors
    .filter((error) => !error.schemaPath.includes('/anyOf/'))
    .map((error) =>
      error.keyword === 'anyOf'
        ? `${where}: ${error.instancePath.slice(1).replaceAll('/', '.')} must be a string or a list of strings`
        : `${where}: ${inWords(error)}`,
    );
}

function kindProblems(
  schemas: Readonly<Record<string, object>>,
  value: unknown,
  key: string,
  where: string,
): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [`${where}: must be an object`];
  }
  const kind = (value as Plain)[key];
  const schema = typeof kind === 'string' && Object.hasOwn(schemas, kind) ? schemas[kind] : undefined;
  if (schema === undefined) {
    return [
      `${where}: ${key} must be one of ${Object.keys(schemas).join(', ')}, got ${JSON.stringify(kind)}`,
    ];
  }
  return problemsOf(schema, value, where);
}

function cellProblems(cell: unknown, where: string): string[] {
  const problems = kindProblems(cellSchemas, cell, 'cell_type', where);
  const outputs = (cell as Plain | null)?.['outputs'];
  if (!Array.isArray(outputs)) return problems;
  return problems.concat(
    outputs.flatMap((output, i) =>
      kindProblems(outputSchemas, output, 'output_type', `${where}, output ${i + 1}`),
    ),
  );
}

function duplicateIds(cells: readonly unknown[]): string[] {
  const seen = new Map<string, number>();
  return cells.flatMap((cell, i) => {
    const id = (cell as Plain | null)?.['id'];
    if (typeof id !== 'string') return [];
    const first = seen.get(id);
    if (first === undefined) seen.set(id, i + 1);
    return first === undefined ? [] : [`cell ${i + 1}: its id "${id}" is that of cell ${first} too`];
  });
}

/**
 * Every way in which a value fails to be a notebook of format 4.5, in words.
 *
 * @param value parsed JSON; multi-line strings may be strings or lists of lines.
 * @returns an empty list for a valid notebook. Cells count from 1.
 */
export function notebookProblems(value: unknown): string[] {
  const frame = problemsOf(frameSchema, value, 'notebook');
  const cells = (value as Plain | null)?.['cells'];
  if (!Array.isArray(cells)) return frame;
  return [
    ...frame,
    ...cells.flatMap((cell, i) => cellProblems(cell, `cell ${i + 1}`)),
    ...duplicateIds(cells),
  ];
}
