import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ErrorObject } from 'ajv';
import { unknownFields } from './known-fields';
import { type KubernetesObject, type Problem, problemsOf } from './problem';

/** The schemas of Kubernetes 1.31, made from its OpenAPI document; the last line of the package that runs on Node 20. */
const PACKAGE = 'kubernetes-models';

interface Model {
  validate(): void;
}

type ModelClass = new (object: object) => Model;

/** Problems of an object of Kubernetes' own kinds; undefined for kinds it does not have. */
export function kubernetesProblems(object: KubernetesObject): Problem[] | undefined {
  const { apiVersion, kind } = object;
  const declarations = join(dirname(require.resolve(PACKAGE)), apiVersion, `${kind}.d.ts`);
  if (!existsSync(declarations)) return undefined;
  const models = require(`${PACKAGE}/${apiVersion}/${kind}`) as Readonly<Record<string, ModelClass>>;
  return [...invalidFields(new models[kind](object)), ...unknownFields(declarations, `I${kind}`, object)];
}

/** The compiled validator of a model throws its errors. */
function invalidFields(model: Model): Problem[] {
  try {
    model.validate();
    return [];
  } catch (error) {
    return problemsOf((error as { readonly errors: readonly ErrorObject[] }).errors);
  }
}
