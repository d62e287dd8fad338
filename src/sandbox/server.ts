/** The sandbox on a socket of the loopback address: HTTP in, the shell, HTTP out. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Shell } from './shell.js';

const LARGEST_BODY = 20_000_000;

/** Listens on a loopback port (0: any free one). */
export async function listen(shell: Shell, port: number): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    handle(shell, incoming, outgoing).catch((error: unknown) => outgoing.destroy(asError(error)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${portOf(server)}`, close: () => close(server) };
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sandbox listens on no port');
  return address.port;
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });

async function handle(shell: Shell, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = await readBody(incoming);
  if (body === undefined) {
    outgoing.writeHead(413, { connection: 'close' }).end();
    return;
  }
  if (!isFromHere(incoming)) {
    outgoing.writeHead(403, { connection: 'close' }).end();
    return;
  }
  const result = await shell(requestOf(incoming, body));
  if (result.kind === 'dropped') {
    incoming.socket.destroy();
    return;
  }
  const { response } = result;
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/;

/** Whether nobody else's page is behind a request: neither its host nor its origin is another machine's name. */
function isFromHere({ headers: { host, origin } }: IncomingMessage): boolean {
  const names = [host ?? 'localhost', ...(origin === undefined ? [] : [origin.replace(/^https?:\/\//, '')])];
  return names.every((name) => LOOPBACK.test(name));
}

/** The body, or undefined when it is larger than any tool could take. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > LARGEST_BODY) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function requestOf(incoming: IncomingMessage, body: Buffer): Request {
  const { method = 'GET', url = '/' } = incoming;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headersDistinct)) {
    for (const item of value ?? []) headers.append(name, item);
  }
  const origin = `http://${incoming.headers.host ?? '127.0.0.1'}`;
  const bare = method === 'GET' || method === 'HEAD';
  return new Request(
    new URL(url, origin),
    bare ? { method, headers } : { method, headers, body: body.toString('utf8') },
  );
}
