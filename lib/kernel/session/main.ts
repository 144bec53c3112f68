/**
 * A session: the process that the reader's code runs in. It holds nothing
 * but that code's state; protocol, types and history are the front's, so that
 * they survive whatever happens here.
 */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { inspect } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Command } from './channel';
import { currentRun, latestRun } from './context';
import { installDisplay } from './display';
import { createEvaluator } from './evaluate';
import { installGlobals } from './globals';
import { createInterrupter, guardTimers } from './interrupt';
import { installModules } from './modules';
import { print, redirectOutput } from './output';
import { emit, leave } from './pipes';
import { mapStacks } from './stacks';
import { answerInput, redirectInput, StdinNotAllowed } from './stdin';

function reportStray(kind: string, thrown: unknown): void {
  if (thrown instanceof StdinNotAllowed && thrown.failCell()) return;
  if (currentRun().cancelled) return;
  print('stderr', `${kind} ${inspect(thrown, { colors: false })}\n`);
}

/** The last step of `process.exit`: say so, and go at once, debugger or not. */
function reportExit(): void {
  const host = process as unknown as { reallyExit(code?: number): never };
  host.reallyExit = (code = 0) => {
    emit({ type: 'exiting', run: latestRun().id, code });
    return leave();
  };
}

function startSession(): void {
  const token = `\u0001inkwell-${randomBytes(9).toString('base64url')}:`;
  mapStacks();
  redirectOutput();
  redirectInput();
  installDisplay();
  installGlobals();
  installModules(process.cwd());
  const evaluator = createEvaluator(token);
  const interrupter = createInterrupter(evaluator.session, evaluator.settle);
  Object.defineProperty(globalThis, Symbol.for('Inkwell.interrupter'), { value: interrupter });

  process.on('uncaughtException', (thrown) => reportStray('Uncaught', thrown));
  process.on('unhandledRejection', (thrown) => reportStray('Unhandled rejection:', thrown));
  // Meant for child processes that a cell waits for; the cell itself is stopped otherwise.
  process.on('SIGINT', () => {});
  reportExit();

  const bridge = new Worker(path.join(__dirname, 'bridge.js'), {
    stdin: false,
    stdout: false,
    stderr: false,
  });
  bridge.on('message', (command: Command) => {
    if (command.op === 'evaluate') evaluator.evaluate(command);
    else if (command.op === 'comm') evaluator.comm(command.run, command.message);
    else if (command.op === 'input') answerInput(command.id, command.value);
  });
  guardTimers();
  emit({ type: 'ready', token });
}

startSession();
