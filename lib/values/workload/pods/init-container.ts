import { listOf, mapOf, optional, passedOn, struct, TEXT } from '../../../support/options/kind';
import { ENV_SOURCE, type EnvSource } from './env-source';

/**
 * What runs to its end before the container of the application starts, with the same volumes.
 *
 * It is part of the mesh where the sidecar is native (`ProxyStart.NATIVE`), and in ambient mode; else it runs before its pod has a proxy.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/
 */
export interface InitContainer {
  /** Name of the container. */
  readonly name: string;

  /** Its image. */
  readonly image: string;

  /**
   * What it runs instead of its image's entry point.
   * @default - the image's
   */
  readonly command?: string[];

  /**
   * Arguments of the command.
   * @default - the image's
   */
  readonly args?: string[];

  /**
   * Environment variables.
   * @default - none
   */
  readonly env?: { [name: string]: string };

  /**
   * Environment variables out of ConfigMaps and Secrets.
   * @default - none
   */
  readonly envFrom?: EnvSource[];
}

const WORDS = optional(passedOn(listOf(passedOn(TEXT))));

export const INIT_CONTAINER = struct<InitContainer>({
  name: TEXT,
  image: passedOn(TEXT),
  command: WORDS,
  args: WORDS,
  env: optional(mapOf(passedOn(TEXT))),
  envFrom: optional(listOf(ENV_SOURCE)),
});
