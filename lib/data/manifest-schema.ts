/**
 * What `data/manifest.json` must hold, as a JSON schema (draft 7) for ajv.
 * The same in TypeScript: `Manifest` in `manifest.ts`.
 */

const text = { type: 'string', minLength: 1 } as const;

// The name becomes a path below the cache: no separators, no leading dot.
const name = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$' } as const;
const bytes = { type: 'integer', minimum: 1 } as const;
const sha256 = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;

const idxFile = {
  type: 'object',
  required: ['name', 'role', 'shape', 'bytes', 'sha256'],
  additionalProperties: false,
  properties: {
    name,
    role: { enum: ['train images', 'train labels', 'test images', 'test labels'] },
    shape: { type: 'array', minItems: 1, maxItems: 255, items: { type: 'integer', minimum: 1 } },
    bytes,
    sha256,
  },
} as const;

const asIsFile = {
  type: 'object',
  required: ['name', 'format', 'sha256'],
  additionalProperties: false,
  properties: { name, format: { const: 'as-is' }, bytes, sha256 },
} as const;

/** Which of the two it is, so that only that one's errors are told. */
// biome-ignore lint/suspicious/noThenProperty: JSON schema's own keyword
const file = { if: { type: 'object', required: ['format'] }, then: asIsFile, else: idxFile } as const;

const licence = {
  type: 'object',
  required: ['summary', 'statements'],
  additionalProperties: false,
  properties: {
    summary: text,
    statements: {
      type: 'array',
      items: {
        type: 'object',
        required: ['by', 'says'],
        additionalProperties: false,
        properties: { by: text, says: text },
      },
    },
  },
} as const;

const dataSet = {
  type: 'object',
  required: ['name', 'title', 'description', 'citation', 'licence', 'mirrors', 'files'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]*$' },
    title: text,
    description: text,
    citation: text,
    byName: { const: true },
    licence,
    mirrors: { type: 'array', minItems: 1, items: { type: 'string', pattern: '^https?://.+/$' } },
    files: { type: 'array', minItems: 1, items: file },
  },
} as const;

// A path inside a data set: no dots at the beginning of any part.
const folder = {
  type: 'string',
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*$',
} as const;
const whole = { type: 'integer', minimum: 1 } as const;

const archive = {
  type: 'object',
  required: ['name', 'folder', 'bytes', 'sumFrom'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*\\.(tar\\.gz|tgz)$' },
    folder,
    bytes: whole,
    sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    sumFrom: text,
  },
} as const;

const holding = {
  type: 'object',
  required: ['folder', 'extension', 'files'],
  additionalProperties: false,
  properties: { folder, extension: { type: 'string', pattern: '^\\.[a-z0-9]+$' }, files: whole },
} as const;

// All of these are fetched by name alone.
const { files: _, byName: __, ...described } = dataSet.properties;

const archiveSet = {
  type: 'object',
  required: ['name', 'title', 'description', 'citation', 'licence', 'mirrors', 'archives', 'holds'],
  additionalProperties: false,
  properties: {
    ...described,
    archives: { type: 'array', minItems: 1, items: archive },
    holds: { type: 'array', minItems: 1, items: holding },
  },
} as const;

/** The schema of the whole manifest. */
export const MANIFEST_SCHEMA: object = {
  type: 'object',
  required: ['dataSets'],
  additionalProperties: false,
  properties: {
    dataSets: { type: 'array', items: dataSet },
    archiveSets: { type: 'array', items: archiveSet },
  },
};
