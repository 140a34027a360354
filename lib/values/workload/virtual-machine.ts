import { mapOf, NUMBER, optional, struct, TEXT } from '../../support/options/kind';

/** One virtual machine, by its address. */
export interface VirtualMachine {
  /** Address of IPv4 or IPv6 at which its proxy is reached. */
  readonly address: string;

  /**
   * Network that it is in, where pods do not reach it by its address, or it does not reach theirs.
   * @default - as `network` of all of them says
   */
  readonly network?: string;

  /**
   * Where it is: `region`, `region/zone` or `region/zone/subzone`.
   * @default - nowhere in particular
   */
  readonly locality?: string;

  /**
   * Its share of the requests, beside the weights of the others.
   * @default 1
   */
  readonly weight?: number;

  /**
   * Labels that it has besides those of all of them.
   * @default - none
   */
  readonly labels?: { [key: string]: string };
}

export const VIRTUAL_MACHINE = struct<VirtualMachine>({
  address: TEXT,
  network: optional(TEXT),
  locality: optional(TEXT),
  weight: optional(NUMBER),
  labels: optional(mapOf(TEXT)),
});
