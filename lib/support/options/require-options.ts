import type { IConstruct } from 'constructs';
import { isDeferred } from '../deferred';
import { refuseLater } from '../known';
import { MeshError } from '../mesh-error';
import { described, quoted } from './described';
import { type Check, type Kind, type Shape, struct } from './kind';
import { nearestOf } from './nearest';

type Place = IConstruct | string;

/**
 * Refuses in an object of options, at any depth, what no option is called, what is of another type than its option, and what is known only later
 * where something depends on it. Not every language, and no program in JavaScript, has asked before.
 */
export function requireOptions<Options extends object>(at: Place, options: Options, kind: Kind<Options>): void {
  check(at, '', options, kind);
}

/** The same for values that are passed one by one. */
export function requireArguments<Values extends object>(at: Place, values: Values, shape: Shape<Values>): void {
  check(at, '', values, struct(shape));
}

function check(at: Place, path: string, value: unknown, kind: Check): void {
  if (value === undefined && kind.isOptional) return;
  if (isDeferred(value) && !kind.isPassedOn) refuseLater(at, path, value);
  if (!kind.isOne(value)) refuseType(at, path, value, kind);
  if (kind.members) checkMembers(at, path, value as Readonly<Record<string, unknown>>, kind.members);
  if (kind.each) checkEach(at, path, value as object, kind.each);
}

function checkMembers(at: Place, path: string, options: Readonly<Record<string, unknown>>, members: NonNullable<Check['members']>): void {
  for (const key of Object.keys(options)) if (!Object.hasOwn(members, key)) refuseKey(at, inside(path, key), options[key], key, members);
  for (const [key, kind] of Object.entries(members)) check(at, inside(path, key), options[key], kind);
}

function checkEach(at: Place, path: string, values: object, kind: Check): void {
  const isList = Array.isArray(values);
  for (const [key, value] of isList ? [...values.entries()] : Object.entries(values)) {
    if (isDeferred(key)) refuseLater(at, `a key of ${path}`, key);
    check(at, isList ? `${path}[${key}]` : inside(path, String(key)), value, kind);
  }
}

function inside(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function refuseType(at: Place, path: string, got: unknown, { wanted, example, isOptional }: Check): never {
  throw new MeshError({
    code: 'MESH068',
    at,
    what: `${path || 'what is passed here'} is ${wanted}`,
    got: quoted(got),
    fix: `write for example ${example}${isOptional ? ', or leave it out' : ''}`,
  });
}

function refuseKey(at: Place, path: string, got: unknown, key: string, members: NonNullable<Check['members']>): never {
  const known = Object.keys(members);
  const near = nearestOf(key, known);
  const around = known.find((each) => membersIn(members[each]).includes(key));
  const meant = near ?? around;
  const said = meant !== undefined && meant === around ? `, which has ${key}` : '';
  throw new MeshError({
    code: 'MESH081',
    at,
    what: `there is no option ${path}`,
    got: `${key}: ${described(got)}`,
    fix: `${meant === undefined ? '' : `did you mean ${meant}${said}? `}the options are ${known.sort().join(', ')}`,
  });
}

/** Options that are said one level below. */
function membersIn(kind: Check): string[] {
  const { members } = kind.madeFrom ?? kind;
  if (members) return Object.keys(members);
  return kind.each ? membersIn(kind.each) : [];
}
