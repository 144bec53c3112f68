/**
 * JupyterLab's debugger: the Debug Adapter Protocol, as Jupyter extends it
 * ("Debug request" in the messaging protocol), over the inspector of the
 * session. Lines are those of the cells as they are written.
 */
import { readFile } from 'node:fs/promises';
import type { Debugger as Inspector, Runtime } from 'node:inspector';
import path from 'node:path';
import { messageOf } from '../../core/errors';
import type { JsonObject } from '../../core/jupyter/message';
import type { EvaluateRequest, Host } from '../front/host';
import { createBreakpoints } from './breakpoints';
import { createSources, HASH_SEED, isCellPath, PATH_PREFIX, PATH_SUFFIX, urlOfFile } from './sources';
import { createVariables, textOf } from './variables';

export interface Debugger {
  /** Answers a `debug_request` with the content of its reply. */
  handle(content: JsonObject): Promise<JsonObject>;
  /** A cell is about to run: its breakpoints are set first. */
  cellStarts(cell: EvaluateRequest): Promise<void>;
  /** Lets a stopped cell go on, so that it can be interrupted. */
  release(): Promise<void>;
  /** The session ended; a new one took its place. */
  sessionEnded(): void;
}

type Command = (argumentsOf: JsonObject) => Promise<JsonObject> | JsonObject;

const THREAD = { id: 1, name: 'cell' };
const STEPS: Readonly<Record<string, string>> = {
  continue: 'Debugger.resume',
  next: 'Debugger.stepOver',
  stepIn: 'Debugger.stepInto',
  stepOut: 'Debugger.stepOut',
};
const BLACKBOXED = ['^node:', '/node_modules/', '/kernel/session/'];
const SCOPES: Readonly<Record<string, string>> = {
  local: 'Locals',
  block: 'Block',
  closure: 'Closure',
  catch: 'Catch',
  module: 'Module',
  eval: 'Eval',
  script: 'Notebook',
};

/** @param emit publishes a `debug_event` */
export function createDebugger(host: Host, emit: (event: JsonObject) => void): Debugger {
  const inspect = (method: string, params: JsonObject = {}): Promise<JsonObject> =>
    host.inspector(method, params);
  const sources = createSources();
  const variables = createVariables(inspect);
  const breakpoints = createBreakpoints(inspect, sources);
  let started = false;
  let sequence = 0;
  let frames: Inspector.CallFrame[] | undefined;
  let pauseState = 'none';
  let lastStep = '';

  const event = (name: string, body: JsonObject = {}): void =>
    emit({ seq: ++sequence, type: 'event', event: name, body });

  /** A frame names its script; the URL comes when the script does. */
  const urls = new Map<string, string>();

  host.onInspectorEvent = (method, params) => {
    if (method === 'Debugger.scriptParsed') urls.set(String(params['scriptId']), String(params['url']));
    if (method === 'Debugger.paused') onPaused(params as unknown as Inspector.PausedEventDataType);
    if (method === 'Debugger.resumed' && frames !== undefined) {
      frames = undefined;
      variables.clear();
      event('continued', { threadId: THREAD.id, allThreadsContinued: true });
    }
  };

  function onPaused({ callFrames, reason, hitBreakpoints = [] }: Inspector.PausedEventDataType): void {
    const visible = callFrames.filter((frame) => placeOf(frame) !== undefined);
    if (visible.length === 0) {
      // Stopped where the reader has nothing to see, as after the last step of a cell.
      inspect('Debugger.resume').catch(() => {});
      return;
    }
    frames = visible;
    const why =
      hitBreakpoints.length > 0 ? 'breakpoint' : /exception|Rejection/.test(reason) ? 'exception' : lastStep;
    event('stopped', { reason: why === '' ? 'pause' : why, threadId: THREAD.id, allThreadsStopped: true });
  }

  const urlOf = ({ url, location }: Inspector.CallFrame): string =>
    url === '' ? (urls.get(location.scriptId) ?? '') : url;

  const placeOf = (frame: Inspector.CallFrame): ReturnType<typeof sources.toSource> =>
    sources.toSource(urlOf(frame), frame.location.lineNumber, frame.location.columnNumber ?? 0);

  const frameAt = (id: unknown): Inspector.CallFrame | undefined =>
    typeof id === 'number' && id > 0 ? frames?.[id - 1] : undefined;

  async function enable(): Promise<void> {
    await inspect('Debugger.enable');
    await inspect('Debugger.setBlackboxPatterns', { patterns: BLACKBOXED });
    await inspect('Debugger.setPauseOnExceptions', { state: pauseState });
  }

  async function evaluate(expression: string, frameId: unknown): Promise<Runtime.RemoteObject> {
    const frame = frameAt(frameId) ?? frames?.[0];
    const reply = (await (frame === undefined
      ? inspect('Runtime.evaluate', { expression, replMode: true })
      : inspect('Debugger.evaluateOnCallFrame', {
          callFrameId: frame.callFrameId,
          expression,
        }))) as unknown as Runtime.EvaluateReturnType;
    if (reply.exceptionDetails !== undefined) {
      throw new Error(reply.exceptionDetails.exception?.description ?? reply.exceptionDetails.text);
    }
    return reply.result;
  }

  /** Where a file's lines are once it is imported is known by compiling it now. */
  async function knowFile(file: string): Promise<void> {
    if (!/\.[cm]?tsx?$/.test(file)) return;
    const { compileImported } = require('../front/imported') as typeof import('../front/imported');
    for (const format of ['cjs', 'esm'] as const) {
      const answer = await compileImported(file, format);
      if (answer.kind !== 'compiled') continue;
      sources.addScript(urlOfFile(file), file, answer.sourceMap);
      return;
    }
  }

  host.onCompiled = (file, sourceMap) => {
    const url = urlOfFile(file);
    if (!sources.addScript(url, file, sourceMap) || !started) return;
    // Not awaited: the session waits for the compiled file, and hears of breakpoints when it has it.
    breakpoints.apply(file, url).catch(() => {});
  };

  async function step(command: string): Promise<JsonObject> {
    lastStep = command === 'continue' ? '' : 'step';
    if (frames !== undefined) await inspect(STEPS[command] as string);
    return command === 'continue' ? { allThreadsContinued: true } : {};
  }

  const commands: Readonly<Record<string, Command>> = {
    debugInfo: () => ({
      isStarted: started,
      hashMethod: 'Murmur2',
      hashSeed: HASH_SEED,
      tmpFilePrefix: PATH_PREFIX,
      tmpFileSuffix: PATH_SUFFIX,
      breakpoints: breakpoints.all(),
      stoppedThreads: frames === undefined ? [] : [THREAD.id],
      richRendering: true,
      exceptionPaths: [],
      copyToGlobals: true,
    }),
    initialize: () => ({
      supportsConfigurationDoneRequest: true,
      supportsEvaluateForHovers: true,
      supportsTerminateRequest: true,
      // Not `uncaught`: REPL mode catches what a cell throws, so V8 calls it caught.
      exceptionBreakpointFilters: [{ filter: 'raised', label: 'Raised exceptions', default: false }],
    }),
    attach: async () => {
      await enable();
      started = true;
      event('initialized');
      return {};
    },
    disconnect: stop,
    terminate: stop,
    dumpCell: ({ code }) => ({ sourcePath: sources.addCell(String(code)) }),
    source: async ({ source }) => {
      const file = String((source as JsonObject | undefined)?.['path']);
      return { content: sources.textOf(file) ?? (await readFile(file, 'utf8')), mimeType: 'text/typescript' };
    },
    setBreakpoints: async ({ source, breakpoints: wanted }) => {
      const file = String((source as JsonObject | undefined)?.['path']);
      if (!isCellPath(file)) await knowFile(file);
      return breakpoints.set(file, (wanted as JsonObject[] | undefined) ?? []);
    },
    setExceptionBreakpoints: async ({ filters }) => {
      const names = Array.isArray(filters) ? filters : [];
      pauseState = names.includes('raised') ? 'all' : 'none';
      if (started) await inspect('Debugger.setPauseOnExceptions', { state: pauseState });
      return {};
    },
    configurationDone: () => ({}),
    threads: () => ({ threads: [THREAD] }),
    modules: () => ({ modules: [], totalModules: 0 }),
    pause: async () => {
      lastStep = '';
      await inspect('Debugger.pause');
      return {};
    },
    stackTrace: () => {
      const stackFrames = (frames ?? []).map((frame, index) => {
        const place = placeOf(frame);
        const file = place?.path ?? urlOf(frame);
        return {
          id: index + 1,
          name: frame.functionName === '' ? '(cell)' : frame.functionName,
          source: { path: file, name: path.basename(file) },
          line: place?.line ?? 0,
          column: place?.column ?? 0,
        };
      });
      return { stackFrames, totalFrames: stackFrames.length };
    },
    scopes: ({ frameId }) => ({
      scopes: (frameAt(frameId)?.scopeChain ?? []).flatMap(({ type, object }) => {
        const name = SCOPES[type];
        if (name === undefined || object.objectId === undefined) return [];
        return [{ name, variablesReference: variables.refer(object.objectId), expensive: false }];
      }),
    }),
    variables: async ({ variablesReference }) => ({
      variables: await variables.list(Number(variablesReference)),
    }),
    inspectVariables: async () => {
      const { names } = (await inspect('Runtime.globalLexicalScopeNames')) as { names: string[] };
      const values = names.map(async (name) => variables.describe(name, await evaluate(name, undefined)));
      return { variables: await Promise.all(values) };
    },
    richInspectVariables: async ({ variableName, frameId }) => {
      const expression = `globalThis[Symbol.for('Inkwell.describe')](${String(variableName)})`;
      const { objectId } = await evaluate(expression, frameId);
      const { result } = (await inspect('Runtime.callFunctionOn', {
        objectId,
        functionDeclaration: 'function plain() { return this; }',
        returnByValue: true,
      })) as unknown as Runtime.CallFunctionOnReturnType;
      return { data: result.value as JsonObject, metadata: {} };
    },
    evaluate: async ({ expression, frameId }) => {
      const value = await evaluate(String(expression), frameId);
      const { type, variablesReference } = variables.describe('', value);
      return { result: textOf(value), type, variablesReference };
    },
    copyToGlobals: async ({ srcVariableName, dstVariableName, srcFrameId }) => {
      await evaluate(
        `globalThis[${JSON.stringify(dstVariableName)}] = ${String(srcVariableName)}`,
        srcFrameId,
      );
      return {};
    },
    ...Object.fromEntries(Object.keys(STEPS).map((command) => [command, () => step(command)])),
  };

  async function stop(): Promise<JsonObject> {
    started = false;
    breakpoints.forget();
    await release();
    await inspect('Debugger.disable');
    event('terminated');
    return {};
  }

  async function release(): Promise<void> {
    if (frames === undefined) return;
    lastStep = '';
    await inspect('Debugger.resume');
  }

  return {
    release,
    async handle(content) {
      const command = String(content['command']);
      const answer = { type: 'response', request_seq: content['seq'] ?? 0, command };
      try {
        const action = commands[command];
        if (action === undefined) throw new RangeError(`the debugger does not know ${command}`);
        const body = await action((content['arguments'] as JsonObject | undefined) ?? {});
        return { seq: ++sequence, ...answer, success: true, body };
      } catch (thrown) {
        return { seq: ++sequence, ...answer, success: false, message: messageOf(thrown), body: {} };
      }
    },
    async cellStarts({ name, source, sourceMap }) {
      // Known even before the debugger is on: functions of earlier cells can be stepped into.
      const file = sources.addCell(source);
      sources.addScript(name, file, sourceMap);
      if (started) await breakpoints.apply(file, name);
    },
    sessionEnded() {
      frames = undefined;
      urls.clear();
      variables.clear();
      if (started)
        enable()
          .then(breakpoints.applyToFiles)
          .catch(() => {});
    },
  };
}
