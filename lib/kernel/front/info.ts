/** What the kernel says about itself in `kernel_info_reply`. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type JsonObject, PROTOCOL_VERSION } from '../../core/jupyter/message';

const versionOf = (file: string): string =>
  (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;

/** The content of `kernel_info_reply`. */
export function kernelInfo(): JsonObject {
  const require = createRequire(__filename);
  const inkwell = versionOf(require.resolve('inkwell/package.json'));
  const typescript = versionOf(require.resolve('typescript/package.json'));
  return {
    status: 'ok',
    protocol_version: PROTOCOL_VERSION,
    implementation: 'inkwell',
    implementation_version: inkwell,
    language_info: {
      name: 'typescript',
      version: typescript,
      mimetype: 'text/typescript',
      file_extension: '.ts',
      pygments_lexer: 'typescript',
      // By name: JupyterLab looks at the name first, and would take `javascript` for that.
      codemirror_mode: 'typescript',
      nbconvert_exporter: 'script',
    },
    banner: `Inkwell ${inkwell}: TypeScript ${typescript} on Node ${process.version}`,
    help_links: [
      { text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/' },
      { text: 'Node.js', url: 'https://nodejs.org/api/' },
    ],
    supported_features: ['debugger', 'iopub_welcome'],
    debugger: true,
  };
}
