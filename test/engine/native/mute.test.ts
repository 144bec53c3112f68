import { startNode } from '../nodeProcess';

test('standard error comes back when all that muted it have unmuted it', async () => {
  const { status, stderr } = await startNode(
    `(async () => {
       const path = require('node:path');
       const { findAddon } = require('inkwell/engine/native/find');
       const { muteFile } = require('inkwell/engine/native/mute');
       const { addon } = await findAddon('cpu');
       const { mute, unmute } = require(path.join(path.dirname(addon), muteFile));
       const say = (word) => require('node:fs').writeSync(2, word + '\\n');
       const steps = { heard: [], one: [mute, mute], two: [unmute], three: [unmute], four: [unmute, mute], five: [unmute] };
       for (const [word, calls] of Object.entries(steps)) {
         for (const call of calls) call();
         say(word);
       }
     })()`,
  ).finished;
  expect([status, stderr]).toEqual([0, 'heard\nthree\nfive\n']);
});
