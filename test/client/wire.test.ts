import { pack, request, unpack } from 'inkwell/client/wire';

const message = request('execute_request', { code: '1 + 1 // ü 𝄞' }, 'session');

test('a message survives packing, with a routing prefix and buffers', () => {
  const frames = pack({ ...message, buffers: [Buffer.from([1, 2, 3])] }, 'key');
  const read = unpack([Buffer.from('client'), ...frames], 'key');
  expect(read.header).toEqual(message.header);
  expect(read.content).toEqual(message.content);
  expect(read.buffers.map((buffer) => [...buffer])).toEqual([[1, 2, 3]]);
});

test('the signature is the HMAC-SHA-256 of the four parts, as Python computes it', () => {
  // hmac.new(b'k', b'{}{}{}{}', 'sha256').hexdigest()
  const signature = '6f7c3dea506a2fb840fc9377d65462646f8e8df4acfafa710cf0c50bb2db8de2';
  const frames = ['<IDS|MSG>', signature, '{}', '{}', '{}', '{}'].map((text) => Buffer.from(text));
  expect(unpack(frames, 'k').content).toEqual({});
  expect(() => unpack(frames, 'K')).toThrow('does not carry the signature of this connection');
});

test('a message signed with another key or changed on the way is refused', () => {
  const frames = pack(message, 'key');
  expect(() => unpack(frames, 'other')).toThrow('signature');
  const changed = frames.map((frame, i) => (i === 5 ? Buffer.from('{"code":"rm"}') : frame));
  expect(() => unpack(changed, 'key')).toThrow('signature');
});

test('without a key nothing is signed or checked', () => {
  expect(unpack(pack(message, ''), '').content).toEqual(message.content);
});

test('frames that are no message are refused', () => {
  expect(() => unpack([], 'key')).toThrow('got 0 frames');
  expect(() => unpack([Buffer.from('<IDS|MSG>'), Buffer.from('')], 'key')).toThrow('expected <IDS|MSG>');
});
