#!/usr/bin/env node
'use strict';
// What kernelspecs start: the kernel alone, without the command line around it.
const { existsSync } = require('node:fs');
const path = require('node:path');

const main = path.join(__dirname, '..', 'dist', 'kernel', 'main.js');
if (!existsSync(main)) {
  process.stderr.write(`inkwell kernel: ${main} is not there. Compile the library first: npm run build\n`);
  process.exit(1);
}
require(main).main(process.argv.slice(2));
