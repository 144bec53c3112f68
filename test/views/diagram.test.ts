import { diagram } from 'inkwell/views/diagram';

const html = async (dot: string): Promise<string> =>
  (await diagram(dot, { alt: 'xs & ys', caption: 'How it flows' })).bundle['text/html'] as string;

test('draws boxes and arrows in the colour of the page, with its words', async () => {
  const drawn = await html('digraph { "a picture" -> model [label="as numbers"] }');
  expect(drawn).toContain('>a picture</text>');
  expect(drawn).toContain('>as numbers</text>');
  expect(drawn).toContain('aria-label="xs &amp; ys"');
  expect(drawn).toContain('How it flows');
  expect(drawn).toContain('currentColor');
  expect(drawn).not.toMatch(/"black"|<title>|<!--|<\?xml/);
});

test('says in words what cannot be seen', async () => {
  const { bundle } = await diagram('digraph { a -> b }', { alt: 'From a to b', dataset: 'MNIST' });
  expect(bundle['text/plain']).toContain('[diagram] From a to b');
});

test('the same graph gives the same picture', async () => {
  expect(await html('digraph { a -> b -> c }')).toBe(await html('digraph { a -> b -> c }'));
});

test('refuses a graph that is none, and one without words', async () => {
  await expect(html('digraph { a -> ')).rejects.toThrow(/diagram: Graphviz cannot read this: .*syntax error/);
  await expect(diagram('digraph { a }', { alt: ' ' })).rejects.toThrow('diagram: alt');
});
