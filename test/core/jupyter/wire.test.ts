import { messageBuilder, parentId } from 'inkwell/core/jupyter/message';
import { createCodec } from 'inkwell/core/jupyter/wire';

const build = messageBuilder('session', 'test');
const message = build('execute_request', { content: { code: '1 + 1 // ü 𝄞' } });
const framesOf = (...texts: string[]): Buffer[] => texts.map((text) => Buffer.from(text));

test('a message survives packing, with a routing prefix and buffers', () => {
  const frames = createCodec('key').encode({ ...message, buffers: [Buffer.from([1, 2, 3])] });
  const read = createCodec('key').decode([Buffer.from('client'), ...frames]);
  expect(read.identities.map(String)).toEqual(['client']);
  expect(read.header).toEqual(message.header);
  expect(read.content).toEqual(message.content);
  expect(read.buffers.map((buffer) => [...buffer])).toEqual([[1, 2, 3]]);
});

test('the signature is the HMAC-SHA-256 of the four parts, as Python computes it', () => {
  const parts = ['{"msg_id":"m","msg_type":"status"}', '{}', '{}', '{}'];
  // hmac.new(b'k', b'{"msg_id":"m","msg_type":"status"}{}{}{}', 'sha256').hexdigest()
  const signature = 'b34a33edcd157ca0a68d028901b9e29c5de00810103fd9380101673f85bdfd72';
  const frames = framesOf('<IDS|MSG>', signature, ...parts);
  expect(createCodec('k').decode(frames).header.msg_type).toBe('status');
  expect(() => createCodec('K').decode(frames)).toThrow('does not carry the signature of this connection');
});

test('a message signed with another key or changed on the way is refused', () => {
  const frames = createCodec('key').encode(message);
  expect(() => createCodec('other').decode(frames)).toThrow('signature');
  const changed = frames.map((frame, i) => (i === 5 ? Buffer.from('{"code":"rm"}') : frame));
  expect(() => createCodec('key').decode(changed)).toThrow('signature');
  const unsigned = createCodec('').encode(message);
  expect(() => createCodec('key').decode(unsigned)).toThrow('signature');
});

test('a message that was read before is refused', () => {
  const codec = createCodec('key');
  const frames = codec.encode(message);
  codec.decode(frames);
  expect(() => codec.decode(frames)).toThrow('came a second time');
});

test('without a key nothing is signed or checked', () => {
  const codec = createCodec('');
  expect(codec.decode(codec.encode(message)).content).toEqual(message.content);
});

test('a scheme that is not known is refused', () => {
  expect(() => createCodec('key', 'hmac-md5')).toThrow('signature_scheme must be hmac-sha256, got hmac-md5');
});

test.each([
  ['no frames', [], 'got 0 frames'],
  ['too few frames', framesOf('<IDS|MSG>', ''), 'expected <IDS|MSG>'],
  ['no JSON', framesOf('<IDS|MSG>', '', '{', '{}', '{}', '{}'), 'not JSON'],
  ['a list for an object', framesOf('<IDS|MSG>', '', '{}', '[]', '{}', '{}'), 'not a JSON object'],
  ['no id', framesOf('<IDS|MSG>', '', '{"msg_type":"status"}', '{}', '{}', '{}'), 'header.msg_id'],
])('what is no message is refused: %s', (_what, frames, words) => {
  expect(() => createCodec('').decode(frames)).toThrow(words);
});

test('an answer names its request', () => {
  expect(parentId(build('status', { content: {}, parent: message.header }))).toBe(message.header.msg_id);
  expect(parentId(message)).toBeUndefined();
});
