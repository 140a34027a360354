import { fieldsOf } from '../../../cluster/objects/fields';

const MOST_PORTS = 65_535;

/** A port that nobody can connect to. */
export function isNoPort(value: unknown): boolean {
  return typeof value === 'number' && (value < 1 || value > MOST_PORTS);
}

/** The same of what may be left out by writing zero. */
export function isNoPortOrNone(value: unknown): boolean {
  return value !== 0 && isNoPort(value);
}

export function isNegative(value: unknown): boolean {
  return typeof value === 'number' && value < 0;
}

export function isNoPercentage(value: unknown): boolean {
  return typeof value === 'number' && (value < 0 || value > 100);
}

/** A share of requests: Envoy counts in millionths. */
export function isNoShare(value: unknown): boolean {
  return isNoPercentage(value) || (typeof value === 'number' && value > 0 && value < 0.0001);
}

/** Numbers of a map's keys. */
export function hasKeyThatIsNoPort(value: unknown): boolean {
  return Object.keys(fieldsOf(value)).some((key) => !/^[1-9]\d{0,4}$/.test(key) || isNoPort(Number(key)));
}
