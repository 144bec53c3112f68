import { MessageReader } from 'inkwell/kernel/types/message-reader';

const framed = (message: object, header = 'Content-Length'): Buffer => {
  const text = JSON.stringify(message);
  return Buffer.from(`${header}: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
};

const MESSAGES = [{ id: 1, result: 'ü 😀' }, { method: 'told' }, { id: 'ts1', method: 'asked' }];

test('messages come whole, however their bytes are cut', () => {
  const bytes = Buffer.concat(MESSAGES.map((message) => framed(message)));
  for (let size = 1; size <= bytes.length; size++) {
    const reader = new MessageReader();
    const heard = [];
    for (let at = 0; at < bytes.length; at += size) heard.push(...reader.push(bytes.subarray(at, at + size)));
    expect(heard).toEqual(MESSAGES);
  }
});

test('other headers, and other cases, are read past', () => {
  const type = 'Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length';
  expect(new MessageReader().push(framed({ id: 2 }, type))).toEqual([{ id: 2 }]);
});

test('what is no message is refused', () => {
  const reader = new MessageReader();
  expect(() => reader.push(Buffer.from('panic: out of memory\r\n\r\n'))).toThrow(
    'expected a header with Content-Length, got panic: out of memory',
  );
});
