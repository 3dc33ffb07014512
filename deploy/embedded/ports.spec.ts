import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLayout, type StateLayout } from './layout.js';
import { choosePorts } from './ports.js';

let layout: StateLayout;
let servers: Server[] = [];

beforeEach(() => {
  layout = openLayout(mkdtempSync(join(tmpdir(), 'mash ports ')));
});
afterEach(async () => {
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  servers = [];
  rmSync(layout.folder, { recursive: true, force: true });
});

async function occupy(port: number, host = '127.0.0.1'): Promise<void> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
}

describe('choosing ports', () => {
  it('gives every name a port of its own and the same ones the next time', async () => {
    const first = await choosePorts(layout, ['a', 'b', 'c']);
    expect(new Set(Object.values(first)).size).toBe(3);
    await expect(choosePorts(layout, ['c', 'b', 'a'])).resolves.toEqual(first);
  });

  it('chooses another when the remembered one is taken, and keeps the others', async () => {
    const first = await choosePorts(layout, ['a', 'b']);
    await occupy(first['a']!);
    const second = await choosePorts(layout, ['a', 'b']);
    expect(second['a']).not.toBe(first['a']);
    expect(second['b']).toBe(first['b']);
  });

  it('says which port is in use, and what to set, when a port was asked for', async () => {
    const { a } = await choosePorts(layout, ['a']);
    await occupy(a!, '0.0.0.0');
    await expect(choosePorts(layout, ['web'], { web: a! })).rejects.toThrow(
      `port ${a} is in use; set HUB_PORT to another.`,
    );
  });

  it('starts afresh when its memory is damaged', async () => {
    writeFileSync(layout.portsFile, '{"a": 12');
    const { a } = await choosePorts(layout, ['a']);
    expect(a).toBeGreaterThanOrEqual(20_000);
  });
});
