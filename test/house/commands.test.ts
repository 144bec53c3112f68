/** Every command that the documentation names works: scripts, verbs and options exist, and jest selects what it says. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { createProgram } from 'inkwell/cli/main';
import { projectRoot } from 'inkwell/core/paths';
import { type Documented, documentedCommands } from './documented';

const root = projectRoot();
const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const documented = documentedCommands();
const shown = ({ where, words }: Documented): string => `${where}: ${words.join(' ')}`;

/** Reads a command line of `inkwell` without running it; returns what is wrong with it. */
function problemWith(words: readonly string[], whole = true): string | undefined {
  const program = createProgram();
  const silence = (command: Command): void => {
    command
      .exitOverride((error) => {
        throw error;
      })
      .configureOutput({ writeErr: () => {}, writeOut: () => {} });
    if (command.commands.length === 0) command.action(() => {});
    command.commands.forEach(silence);
  };
  silence(program);
  try {
    program.parse([...words], { from: 'user' });
    return undefined;
  } catch (error) {
    const { code, exitCode, message } = error as { code: string; exitCode: number; message: string };
    const isName = !whole && ['commander.missingArgument', 'commander.help'].includes(code);
    return exitCode === 0 || isName ? undefined : message;
  }
}

/** The test files that jest runs for these words, from the project's folder. */
function selectedBy(words: readonly string[]): string[] {
  const bin = require.resolve('jest/bin/jest');
  const listed = execFileSync(process.execPath, [bin, ...words, '--listTests', '--json'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return (JSON.parse(listed) as string[]).map((file) => path.relative(root, file));
}

/** The words that are no option and no option's value. */
function pathsIn(words: readonly string[]): string[] {
  return words.filter((word, i) => !word.startsWith('-') && !words[i - 1]?.startsWith('-'));
}

test('the documentation names commands', () => {
  expect(documented.filter(({ whole }) => whole).length).toBeGreaterThan(25);
  expect(documented.filter(({ whole }) => !whole).length).toBeGreaterThan(15);
});

test('each line to copy is a command of npm, npx or Node', () => {
  const others = documented.filter(
    ({ words }) => !['npm', 'npx', 'node', 'inkwell'].includes(words[0] ?? ''),
  );
  expect(others.map(shown)).toEqual([]);
  const packages = documented.filter(({ words }) => words[0] === 'npx').map(({ words }) => words[1]);
  expect([...new Set(packages)].sort()).toEqual(['inkwell', 'jest']);
});

const isScript = (name: string | undefined): boolean => scripts[name ?? ''] !== undefined;

test('npm has the scripts', () => {
  const asked = documented.filter(({ words: [head, verb] }) => head === 'npm' && verb !== 'ci');
  const missing = asked.filter(({ words: [, verb, name] }) => !isScript(verb === 'run' ? name : verb));
  expect(missing.map(shown)).toEqual([]);
  const files = ['README.md', 'CONTRIBUTING.md'].map((file) => readFileSync(path.join(root, file), 'utf8'));
  const named = files.join('\n').matchAll(/npm run ([\w:-]+)/g);
  expect([...named].map(([, name]) => name).filter((name) => !isScript(name))).toEqual([]);
});

test('inkwell knows the verbs and the options', () => {
  const asked = documented.filter(
    ({ words: [head, name] }) => head === 'inkwell' || (head === 'npx' && name === 'inkwell'),
  );
  expect(asked.length).toBeGreaterThan(20);
  const problems = asked.flatMap((each) => {
    const problem = problemWith(each.words.slice(each.words.indexOf('inkwell') + 1), each.whole);
    return problem === undefined ? [] : [`${shown(each)}: ${problem}`];
  });
  expect(problems).toEqual([]);
});

test('so do the scripts of npm', () => {
  const lines = Object.values(scripts).flatMap((script) =>
    script.split('&&').map((part) => part.trim().split(' ')),
  );
  const own = lines.filter(([head]) => head === 'inkwell');
  expect(own.length).toBeGreaterThan(2);
  expect(own.flatMap(([, ...words]) => problemWith(words) ?? [])).toEqual([]);
});

test('messages and docstrings of the library name verbs that there are', () => {
  const library = path.join(root, 'lib');
  const named = readdirSync(library, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/node_modules|dist/.test(file))
    .flatMap((file) => [
      ...readFileSync(path.join(library, file), 'utf8').matchAll(/npx inkwell ([a-z]+)(?: ([a-z]+))?/g),
    ]);
  const program = createProgram();
  const unknown = named.filter(([, verb, what]) => {
    const command = program.commands.find((each) => each.name() === verb);
    if (command === undefined) return true;
    const choices = command.registeredArguments[0]?.argChoices ?? command.commands.map((each) => each.name());
    return what !== undefined && choices.length > 0 && !choices.includes(what);
  });
  expect(named.length).toBeGreaterThan(8);
  expect(unknown.map(([text]) => text)).toEqual([]);
});

test('a command line that is wrong is found out', () => {
  expect(problemWith(['prnt'])).toContain("unknown command 'prnt'");
  expect(problemWith(['print', '--to', 'pupil'])).toContain("'pupil' is invalid");
  expect(problemWith(['run', 'notebooks', '--fast'])).toContain("unknown option '--fast'");
  expect(problemWith(['check'])).toContain("missing required argument 'paths'");
  expect(problemWith(['check'], false)).toBeUndefined();
});

test('jest selects what is named, and nothing else', () => {
  const asked = documented.filter(({ words }) => words[1] === 'jest').map(({ words }) => words.slice(2));
  const all = selectedBy([]);
  expect(asked.length).toBeGreaterThan(4);
  for (const words of asked) {
    const [selected, paths] = [selectedBy(words), pathsIn(words)];
    const project = words[words.indexOf('--selectProjects') + 1];
    const isMeant = (file: string): boolean =>
      paths.every((each) => file.includes(each)) &&
      (!words.includes('--selectProjects') || file.startsWith('notebooks') === (project !== 'unit'));
    expect([words, selected.sort()]).toEqual([words, all.filter(isMeant).sort()]);
    expect([words, selected.length > 0 && selected.length < all.length]).toEqual([words, true]);
  }
});

test('a path that jest would take for a project is refused', () => {
  expect(() => selectedBy(['--selectProjects', 'unit', 'build/test/data'])).toThrow(
    /no project "build\/test\/data" .* Paths come first: npx jest build\/test\/data --selectProjects unit\n/,
  );
  const words = ['--selectProjects=book', '--testPathPatterns', 'notebooks/06'];
  expect(selectedBy(words)).toEqual([expect.stringMatching(/^notebooks\/06-/)]);
  expect(
    selectedBy(['--selectProjects', 'book', 'book on tslab', '--testPathPatterns', '/06-']),
  ).toHaveLength(1);
});

test('files and folders that are named are there', () => {
  const named = documented.flatMap((each) =>
    each.words
      .filter(
        (word) =>
          /^(?:notebooks|lib|test|docs|data|node_modules)(?:\/|$)/.test(word) && each.words[1] !== 'jest',
      )
      .map((word) => ({ each, word })),
  );
  expect(named.length).toBeGreaterThan(3);
  expect(
    named.filter(({ word }) => !existsSync(path.join(root, word))).map(({ each }) => shown(each)),
  ).toEqual([]);
});

test('the environment variables are read somewhere', () => {
  const sources = ['lib', 'test'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.ts$/.test(file) && !/node_modules|dist/.test(file))
      .map((file) => readFileSync(path.join(root, folder, file), 'utf8')),
  );
  const names = [...new Set(documented.flatMap(({ variables }) => variables))];
  expect(names.length).toBeGreaterThan(2);
  expect(names.filter((name) => !sources.some((text) => text.includes(`'${name}'`)))).toEqual([]);
});
