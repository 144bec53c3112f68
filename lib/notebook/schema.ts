/**
 * The JSON schemas of nbformat 4.5: one for the notebook's frame, one for each
 * kind of cell and output. Checking a cell against the schema of its own kind
 * (rather than a `oneOf` over all kinds) gives one readable error instead of a
 * dozen.
 */
const multiline = {
  anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
} as const;

const metadata = {
  type: 'object',
  properties: {
    tags: {
      type: 'array',
      uniqueItems: true,
      items: { type: 'string', pattern: '^[^,]+$' },
    },
  },
} as const;

const mimeBundle = {
  type: 'object',
  patternProperties: {
    // JSON MIME types hold any value, all others text.
    '^(?!application/(.*\\+)?json).*$': multiline,
  },
} as const;

const id = { type: 'string', pattern: '^[a-zA-Z0-9-_]+$', minLength: 1, maxLength: 64 } as const;
const attachments = { type: 'object', additionalProperties: mimeBundle } as const;
const count = { type: ['integer', 'null'], minimum: 0 } as const;

function object(required: readonly string[], properties: Record<string, unknown>): object {
  return { type: 'object', required, properties, additionalProperties: false };
}

/** The notebook without its cells. */
export const frameSchema: object = {
  type: 'object',
  required: ['metadata', 'nbformat', 'nbformat_minor', 'cells'],
  additionalProperties: false,
  properties: {
    nbformat: { const: 4 },
    nbformat_minor: { type: 'integer', minimum: 0 },
    cells: { type: 'array' },
    metadata: {
      type: 'object',
      properties: {
        kernelspec: {
          type: 'object',
          required: ['name', 'display_name'],
          properties: { name: { type: 'string' }, display_name: { type: 'string' } },
        },
        language_info: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
        title: { type: 'string' },
        authors: { type: 'array' },
      },
    },
  },
};

export const cellSchemas: Readonly<Record<string, object>> = {
  code: object(['id', 'cell_type', 'metadata', 'source', 'outputs', 'execution_count'], {
    id,
    cell_type: { const: 'code' },
    metadata,
    source: multiline,
    outputs: { type: 'array' },
    execution_count: count,
  }),
  markdown: object(['id', 'cell_type', 'metadata', 'source'], {
    id,
    cell_type: { const: 'markdown' },
    metadata,
    source: multiline,
    attachments,
  }),
  raw: object(['id', 'cell_type', 'metadata', 'source'], {
    id,
    cell_type: { const: 'raw' },
    metadata,
    source: multiline,
    attachments,
  }),
};

const outputMetadata = { type: 'object' } as const;

export const outputSchemas: Readonly<Record<string, object>> = {
  stream: object(['output_type', 'name', 'text'], {
    output_type: { const: 'stream' },
    name: { enum: ['stdout', 'stderr'] },
    text: multiline,
  }),
  display_data: object(['output_type', 'data', 'metadata'], {
    output_type: { const: 'display_data' },
    data: mimeBundle,
    metadata: outputMetadata,
  }),
  execute_result: object(['output_type', 'data', 'metadata', 'execution_count'], {
    output_type: { const: 'execute_result' },
    data: mimeBundle,
    metadata: outputMetadata,
    execution_count: count,
  }),
  error: object(['output_type', 'ename', 'evalue', 'traceback'], {
    output_type: { const: 'error' },
    ename: { type: 'string' },
    evalue: { type: 'string' },
    traceback: { type: 'array', items: { type: 'string' } },
  }),
};
