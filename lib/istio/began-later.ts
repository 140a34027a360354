interface Way {
  /** Who speaks there. */
  readonly speaks: string;
  /** How such a port is said. */
  readonly word: string;
}

/** Ports of protocols that turn to TLS, if at all, after a greeting in plain text. */
const WAYS: ReadonlyMap<number, Way> = new Map([
  [21, { speaks: 'FTP servers', word: 'tcp(21)' }],
  [25, { speaks: 'mail servers', word: 'tcp(25)' }],
  [110, { speaks: 'mail servers', word: 'tcp(110)' }],
  [143, { speaks: 'mail servers', word: 'tcp(143)' }],
  [389, { speaks: 'LDAP servers', word: 'tcp(389)' }],
  [587, { speaks: 'mail servers', word: 'tcp(587)' }],
  [1433, { speaks: 'clients of SQL Server', word: 'tcp(1433)' }],
  [3306, { speaks: 'MySQL servers', word: 'mysql()' }],
  [5432, { speaks: 'clients of PostgreSQL', word: 'postgres()' }],
  [6432, { speaks: 'clients of PgBouncer', word: 'postgres(6432)' }],
]);

/** Who does not begin with TLS on a port, by custom, and how it is said instead. */
export function beganLater(port: number): Way | undefined {
  return WAYS.get(port);
}
