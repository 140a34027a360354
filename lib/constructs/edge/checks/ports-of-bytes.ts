import type { ListenerFacts } from '../../../model/edge/listener';
import { readsRequests } from './checked-requests';

/** A port where requests are read, and bytes taken by another listener: of a check istiod leaves the part about requests out there, and means every connection. */
export function portOfBytes(listeners: readonly ListenerFacts[]): number | undefined {
  const isRead = new Set(listeners.filter(readsRequests).map(({ port }) => port));
  return listeners.find((listener) => !readsRequests(listener) && isRead.has(listener.port) && listener.kind !== 'redirect')?.port;
}
