// Draws docs/picture.svg, the README's picture: one digit as shaded numbers, and the
// weights of the hidden units of a two-layer network trained on twos against nines.
// The digits are the book's own ("made digits", seed 1). Run: node docs/make-picture.cjs
const { writeFileSync } = require('node:fs');
const path = require('node:path');
const { batches, image, imageTensor, loadDigits, select, tf, useEngine } = require('inkwell');
const { colorAt } = require('inkwell/views/color');
const { pngDataUri } = require('inkwell/views/png');

const CELL = 19;

function hex(color) {
  return `#${color.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}

function digitTable({ pixels, width }) {
  return Array.from(pixels, (value, i) => {
    const [x, y] = [(i % width) * CELL, Math.floor(i / width) * CELL];
    const ink = value > 140 ? '#fff' : value === 0 ? '#9a9a9a' : '#222';
    const paint = hex(colorAt('ink', value / 255));
    return (
      `<rect x="${x}" y="${y}" width="${CELL}" height="${CELL}" fill="${paint}"/>` +
      `<text x="${x + CELL / 2}" y="${y + 12.5}" fill="${ink}">${value}</text>`
    );
  }).join('\n');
}

async function hiddenUnits(digits) {
  const set = select(digits.train, { digits: [2, 9], limit: 6000 });
  const xs = imageTensor(set);
  const ys = tf.tensor2d(
    Float32Array.from(set.labels, (label) => Number(label === 2)),
    [set.count, 1],
  );
  const variables = [
    tf.variable(tf.randomNormal([784, 30], 0, 0.01, 'float32', 2)),
    tf.variable(tf.zeros([30])),
    tf.variable(tf.randomNormal([30, 1], 0, 0.25, 'float32', 3)),
    tf.variable(tf.zeros([1])),
  ];
  const [weights1, biases1, weights2, biases2] = variables;
  const net = (rows) => rows.matMul(weights1).add(biases1).relu().matMul(weights2).add(biases2);
  for (let epoch = 1; epoch <= 25; epoch++) {
    for (const batch of batches(set.count, { batchSize: 256, seed: 1, epoch })) {
      tf.tidy(() => {
        const rows = tf.tensor1d(batch, 'int32');
        const loss = () => net(xs.gather(rows)).sigmoid().sub(ys.gather(rows)).abs().mean();
        const { grads } = tf.variableGrads(loss, variables);
        for (const variable of variables) variable.assign(variable.sub(grads[variable.name]));
      });
    }
  }
  const votes = Array.from(weights2.dataSync());
  const units = weights1.transpose().arraySync();
  return votes
    .map((vote, unit) => ({ vote, weights: units[unit] }))
    .sort((a, b) => Math.abs(b.vote) - Math.abs(a.vote))
    .slice(0, 12)
    .sort((a, b) => b.vote - a.vote);
}

function stencil({ weights }, i) {
  const most = Math.max(...weights.map(Math.abs));
  const picture = { height: 28, width: 28, channels: 1, values: weights };
  const source = pngDataUri(picture, { colorMap: 'diverging', range: [-most, most] });
  const [x, y] = [(i % 3) * 136, Math.floor(i / 3) * 136];
  return `<image x="${x}" y="${y}" width="124" height="124" href="${source}" style="image-rendering:pixelated"/>`;
}

async function main() {
  await useEngine();
  const digits = await loadDigits({ source: 'made', trainCount: 20000, testCount: 10, seed: 1 });
  const three = image(select(digits.train, { digits: [3], limit: 20 }), 3);
  const units = await hiddenUnits(digits);
  const size = 28 * CELL;
  const title = 'A handwritten 3 as 784 shaded numbers, and the weights of twelve hidden units as pictures';
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 ${size + 60}" role="img" aria-label="${title}" font-family="system-ui, sans-serif">`,
    `<title>${title}</title>`,
    `<rect width="1000" height="${size + 60}" fill="#fff"/>`,
    `<g transform="translate(14 12)" font-size="8.5" text-anchor="middle">${digitTable(three)}</g>`,
    `<g transform="translate(580 14)">${units.map(stencil).join('\n')}</g>`,
    `<g font-size="15" fill="#444"><text x="14" y="${size + 40}">Chapter 02: a digit is 784 numbers</text>`,
    `<text x="580" y="${size + 40}">Chapter 06: what hidden units look for</text></g>`,
    '</svg>',
    '',
  ].join('\n');
  writeFileSync(path.join(__dirname, 'picture.svg'), svg);
}

main();
