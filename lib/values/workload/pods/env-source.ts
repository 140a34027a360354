import type { EnvSourceFacts } from '../../../model/workload-spec';
import { requireDataKey, requireVariable } from '../../../support/bounds/variable-syntax';
import { requireDottedName } from '../../../support/object-names';
import { BOOLEAN, made, optional, passedOn, struct, TEXT } from '../../../support/options/kind';
import { requireArguments, requireOptions } from '../../../support/options/require-options';

/** How the keys of a ConfigMap or a Secret become variables. */
export interface EnvSourceOptions {
  /**
   * What stands before each key in the name of its variable.
   * @default - the keys alone
   */
  readonly prefix?: string;

  /**
   * Pods start without it as well.
   * @default false
   */
  readonly mayBeMissing?: boolean;
}

/**
 * Environment variables out of a ConfigMap or a Secret of the namespace, whoever makes that.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/
 * @example
 * import { EnvSource, MeshedWorker } from 'istio-constructs';
 *
 * new MeshedWorker(shop, 'mailer', {
 *   image: 'ghcr.io/acme/mailer:1.0.0',
 *   envFrom: [EnvSource.configMap('settings', { prefix: 'APP_' }), EnvSource.secretKey('SMTP_PASSWORD', 'smtp', 'password')],
 * });
 */
export class EnvSource {
  /**
   * A variable for each key of a ConfigMap.
   * @param name The ConfigMap
   * @param options How they are called
   */
  public static configMap(name: string, options: EnvSourceOptions = {}): EnvSource {
    return EnvSource.whole('configMap', name, options);
  }

  /**
   * A variable for each key of a Secret.
   * @param name The Secret
   * @param options How they are called
   */
  public static secret(name: string, options: EnvSourceOptions = {}): EnvSource {
    return EnvSource.whole('secret', name, options);
  }

  /**
   * One variable from one key of a ConfigMap.
   * @param variable Name of the variable
   * @param name The ConfigMap
   * @param key The key in it
   */
  public static configMapKey(variable: string, name: string, key: string): EnvSource {
    return EnvSource.single('configMap', variable, name, key);
  }

  /**
   * One variable from one key of a Secret.
   * @param variable Name of the variable
   * @param name The Secret
   * @param key The key in it
   */
  public static secretKey(variable: string, name: string, key: string): EnvSource {
    return EnvSource.single('secret', variable, name, key);
  }

  private static whole(kind: EnvSourceFacts['kind'], name: string, options: EnvSourceOptions): EnvSource {
    requireArguments('EnvSource', { name }, { name: passedOn(TEXT) });
    requireOptions('EnvSource', options, ENV_SOURCE_OPTIONS);
    const { prefix } = options;
    if (prefix) requireVariable('EnvSource', prefix);
    return new EnvSource({ kind, name: nameOf(kind, name), prefix, optional: options.mayBeMissing });
  }

  private static single(kind: EnvSourceFacts['kind'], variable: string, name: string, key: string): EnvSource {
    requireArguments('EnvSource', { variable, name, key }, { variable: TEXT, name: passedOn(TEXT), key: TEXT });
    requireVariable('EnvSource', variable);
    return new EnvSource({ kind, name: nameOf(kind, name), variable, key: requireDataKey('EnvSource', key) });
  }

  /** @internal */
  public readonly _facts: EnvSourceFacts;

  private constructor(facts: EnvSourceFacts) {
    this._facts = Object.freeze(facts);
  }
}

const ENV_SOURCE_OPTIONS = struct<EnvSourceOptions>({ prefix: optional(TEXT), mayBeMissing: optional(BOOLEAN) });

export const ENV_SOURCE = made(EnvSource, 'EnvSource', "EnvSource.secret('db')", ENV_SOURCE_OPTIONS);

function nameOf(kind: EnvSourceFacts['kind'], name: string): string {
  return requireDottedName('EnvSource', `name of a ${kind === 'secret' ? 'Secret' : 'ConfigMap'}`, name);
}
