/** What a stored result must hold, as a JSON schema (draft 7) for ajv. The same in TypeScript: `result.ts`. */

const text = { type: 'string', minLength: 1 } as const;
const share = { type: 'number', minimum: 0, maximum: 1 } as const;
const count = { type: 'integer', minimum: 0 } as const;
const positive = { type: 'integer', minimum: 1 } as const;
const digit = { type: 'integer', minimum: 0, maximum: 9 } as const;
const seed = { type: 'integer' } as const;

const provenance = {
  format: { const: 1 },
  // It becomes a file's name.
  row: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' },
  dataSet: { enum: ['MNIST', 'made digits'] },
  engine: text,
  threads: positive,
  versions: {
    type: 'object',
    required: ['inkwell', 'node'],
    additionalProperties: false,
    properties: { inkwell: text, node: text },
  },
  machine: text,
  date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
  minutes: { type: 'number', minimum: 0 },
} as const;

const error = { index: count, label: digit, answer: digit } as const;

const epoch = {
  type: 'object',
  required: ['trainLoss'],
  additionalProperties: false,
  properties: {
    trainLoss: { type: ['number', 'null'] },
    validationAccuracy: share,
    testAccuracy: share,
  },
} as const;

const recipe = {
  type: 'object',
  required: [
    ...['net', 'optimizer', 'learningRate', 'lambda', 'epochs', 'batchSize'],
    ...['train', 'validation', 'expanded', 'testEveryEpoch'],
  ],
  additionalProperties: false,
  properties: {
    net: { type: 'object', required: ['inputShape', 'layers'] },
    optimizer: { enum: ['sgd', 'adam'] },
    learningRate: { type: ['number', 'object'] },
    lambda: { type: 'number', minimum: 0 },
    epochs: positive,
    batchSize: positive,
    train: positive,
    validation: count,
    expanded: { type: 'boolean' },
    augment: { type: 'object' },
    testEveryEpoch: { type: 'boolean' },
  },
} as const;

const run = {
  kind: { const: 'run' },
  seed,
  recipe,
  parameters: positive,
  images: {
    type: 'object',
    required: ['train', 'validation', 'test'],
    additionalProperties: false,
    properties: { train: positive, validation: count, test: positive },
  },
  epochs: { type: 'array', minItems: 1, items: epoch },
  chosenEpoch: positive,
  validationAccuracy: share,
  testAccuracy: share,
  errors: {
    type: 'array',
    items: {
      type: 'object',
      required: Object.keys(error),
      additionalProperties: false,
      properties: error,
    },
  },
} as const;

const vote = {
  kind: { const: 'vote' },
  of: provenance.row,
  seeds: { type: 'array', minItems: 2, items: seed },
  singleAccuracies: { type: 'array', minItems: 2, items: share },
  testAccuracy: share,
  meanAccuracy: share,
  errors: {
    type: 'array',
    items: {
      type: 'object',
      required: [...Object.keys(error), 'answers'],
      additionalProperties: false,
      properties: { ...error, answers: { type: 'array', minItems: 2, items: digit } },
    },
  },
} as const;

const kindOf = (own: Readonly<Record<string, unknown>>, optional: readonly string[]): object => ({
  type: 'object',
  required: [...Object.keys(provenance), ...Object.keys(own).filter((name) => !optional.includes(name))],
  additionalProperties: false,
  properties: { ...provenance, ...own },
});

/** The schema of a file in `data/results/`. */
export const RESULT_SCHEMA: object = {
  type: 'object',
  required: ['kind'],
  // Which of the two it is, so that only that one's errors are told.
  if: { properties: { kind: { const: 'vote' } } },
  // biome-ignore lint/suspicious/noThenProperty: JSON schema's own keyword
  then: kindOf(vote, []),
  else: kindOf(run, ['validationAccuracy']),
};
