import { BYPASS_INBOUND_CAPTURE, EXCLUDED_INBOUND_PORTS, INCLUDED_INBOUND_PORTS, INTERCEPTION_MODE } from '../../istio/labels';
import type { Labels } from '../objects/fields';
import type { Proxy } from './proxies';

/** The ports of a pod that its proxy takes. On all others connections reach the application, and nobody asks who they are from. */
export interface InboundPorts {
  /** All but the excluded ones where none are listed. */
  readonly included?: readonly string[];
  readonly excluded: readonly string[];
}

const NONE: InboundPorts = { included: [], excluded: [] };

/** What the annotations of a pod say; nothing where its proxy takes all ports. */
export function inboundPorts(proxy: Proxy, annotations: Labels): InboundPorts | undefined {
  if (!proxy.routesForPods) return annotations[BYPASS_INBOUND_CAPTURE] === 'true' ? NONE : undefined;
  if (annotations[INTERCEPTION_MODE] === 'NONE') return NONE;
  const included = annotations[INCLUDED_INBOUND_PORTS] ?? '*';
  const excluded = portsIn(annotations[EXCLUDED_INBOUND_PORTS] ?? '');
  if (included === '*') return excluded.length > 0 ? { excluded } : undefined;
  return { included: portsIn(included), excluded };
}

export function takesPort(ports: InboundPorts | undefined, port: number): boolean {
  if (!ports) return true;
  const { included, excluded } = ports;
  return !excluded.includes(`${port}`) && (!included || included.includes(`${port}`));
}

function portsIn(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
}
