import { NEVER_MERGED } from '../../../istio/ports';

/** Whether injection takes a text as the port of metrics that the proxy merges with its own. */
export function isMergedPort(text: string): boolean {
  const port = Number(text);
  return /^\d+$/.test(text) && port > 0 && port < 2 ** 16 && !NEVER_MERGED.includes(port);
}
