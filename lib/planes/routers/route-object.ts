import type { Port } from '../../model/port';

/** An object that renders part of a route table: where it hangs at the service, and what it is about. */
export type RouteObject =
  | { readonly kind: 'Service'; readonly id: string; readonly name: string; readonly labels: Readonly<Record<string, string>> }
  | { readonly kind: 'DestinationRule'; readonly id: string; readonly name: string; readonly subsets: readonly string[] }
  | { readonly kind: 'VirtualService'; readonly id: string; readonly name: string }
  | { readonly kind: 'HTTPRoute' | 'TCPRoute'; readonly id: string; readonly name: string; readonly port: Port };
