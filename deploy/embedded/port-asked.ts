import { StartProblem } from './problem.js';

/** The port of the pages: HUB_PORT, or 3000. @throws StartProblem when that is no port number */
export function portAsked(): number {
  const text = process.env['HUB_PORT'] || '3000';
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new StartProblem('port_in_use', `HUB_PORT is "${text}"; it must be a port number, 1 to 65535.`);
}
