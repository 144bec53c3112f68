#!/usr/bin/env node
'use strict';
// The `inkwell` command. On a fresh clone the library is not compiled yet:
// compile it first, so that `npx inkwell …` works right after `npm ci`.
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const path = require('node:path');

const library = path.resolve(__dirname, '..');
const main = path.join(library, 'dist', 'cli', 'main.js');

if (!existsSync(main)) {
  process.stderr.write('inkwell: compiling the library (first use of this clone) …\n');
  const tsc = require.resolve('typescript/package.json').replace(/package\.json$/, 'bin/tsc');
  const result = spawnSync(process.execPath, [tsc, '-b', library], { stdio: ['ignore', 2, 2] });
  if (result.status !== 0) {
    process.stderr.write('inkwell: the library did not compile; see the errors above.\n');
    process.exit(1);
  }
}
require(main).main(process.argv.slice(2));
