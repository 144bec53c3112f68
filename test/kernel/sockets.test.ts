import { setTimeout as sleep } from 'node:timers/promises';
import { freshConnection } from 'inkwell/core/jupyter/connection';
import { bindSockets } from 'inkwell/kernel/protocol/sockets';
import { Subscriber } from 'zeromq';

test('a new subscriber hears nothing before the kernel has welcomed it', async () => {
  const sockets = await bindSockets(freshConnection('test'));
  const subscriber = new Subscriber({ linger: 0, receiveTimeout: 120_000 });
  try {
    subscriber.connect(`tcp://127.0.0.1:${sockets.connection.ports.iopub}`);
    subscriber.subscribe('');
    // Until the subscription is there, and not yet looked at.
    await sleep(300);
    await sockets.senders.iopub.send([Buffer.from('status')]);
    await sockets.senders.iopub.flush();
    const [event] = await sockets.iopub.receive();
    expect(event?.[0]).toBe(1);
    await sockets.senders.iopub.send([Buffer.from('welcome')], () => sockets.iopub.subscribe(Buffer.of()));
    await sockets.senders.iopub.send([Buffer.from('busy')]);
    const heard = [await subscriber.receive(), await subscriber.receive()].flat().map(String);
    expect(heard).toEqual(['welcome', 'busy']);
  } finally {
    subscriber.close();
    sockets.close();
  }
});
