/** Running a few lines of JavaScript in a Node process of their own: an engine is per process. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `node -e script`; `require('inkwell/…')` works in it. */
export function startNode(
  script: string,
  env: Readonly<Record<string, string | undefined>> = {},
): { readonly child: ChildProcess; readonly finished: Promise<Finished> } {
  const merged: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...process.env, INKWELL_ENGINE: undefined, ...env })) {
    if (value !== undefined) merged[name] = value;
  }
  // From build/test/engine, so that the workspace's packages are found.
  const child = spawn(process.execPath, ['-e', script], { env: merged, cwd: path.dirname(__filename) });
  const finished = new Promise<Finished>((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data: Buffer) => {
      stdout += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString();
    });
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });
  return { child, finished };
}

/** Runs lines that end in an expression (or a promise of one) and returns its value through JSON. */
export async function evaluateInNode<T>(
  body: string,
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<T> {
  const script = `(async () => { ${body} })().then(
    (value) => { process.stdout.write('\\n' + JSON.stringify({ value })); process.exitCode = 0; },
    (error) => process.stdout.write('\\n' + JSON.stringify({ error: { code: error.code, message: error.message } })),
  );`;
  const { status, stdout, stderr } = await startNode(script, env).finished;
  const last = stdout.split('\n').at(-1) ?? '';
  if (status !== 0 || last === '') throw new Error(`the process ended with ${status}: ${stderr}`);
  const outcome = JSON.parse(last) as { value: T; error?: { code: string; message: string } };
  if (outcome.error !== undefined)
    throw Object.assign(new Error(outcome.error.message), { code: outcome.error.code });
  return outcome.value;
}
