// Moves money and looks at it until killed or until its input has a line; as OurWorker does.
// Arguments: folder of the libsql package, file, seed, constants of the bank, key if there is one.
const [folder, file, seed, accounts, sound, check, encryptionKey] = process.argv.slice(2);
const Database = require(folder);
const fs = require('fs');

let state = Number(seed) >>> 0;
function random(limit) { // xorshift
  state ^= state << 13; state >>>= 0;
  state ^= state >>> 17;
  state ^= state << 5; state >>>= 0;
  return state % limit;
}
const say = line => fs.writeSync(1, line + '\n');
function isBusy(e) {
  return String(e.code).startsWith('SQLITE_BUSY') || /database is locked/.test(e.message);
}

state = state || 1;
for (let i = 0; i < 20; i++) random(2);
let db;
function attempt(action) {
  try {
    action();
  } catch (e) {
    if (!isBusy(e)) {
      say('error: ' + e.code + ' ' + e.message);
      process.exit(1);
    }
    say('busy');
    if (db && db.inTransaction) {
      db.exec('ROLLBACK');
    }
  }
}
function move() {
  const n = Number(accounts);
  const amount = random(50);
  const first = random(n - 40);
  const many = random(5) === 0;
  const from = many ? `BETWEEN ${first} AND ${first + 19}` : `= ${first}`;
  const to = many ? `BETWEEN ${first + 20} AND ${first + 39}` : `= ${random(n)}`;
  db.exec('BEGIN IMMEDIATE');
  db.exec(`UPDATE account SET balance = balance - ${amount} WHERE id ${from}`);
  db.exec(`UPDATE account SET balance = balance + ${amount} WHERE id ${to}`);
  db.exec('UPDATE counter SET n = n + 1');
  db.exec(`INSERT INTO log SELECT n, hex(zeroblob(${random(800)})) FROM counter`);
  db.exec('DELETE FROM log WHERE n < (SELECT n - 100 FROM counter)');
  db.exec('COMMIT');
  say('w');
}
const value = () => Object.values(db.prepare(check).all()[0])[0];
function look() {
  db.exec('BEGIN');
  const first = value();
  const second = value();
  db.exec('COMMIT');
  say(first.startsWith(sound) && first === second ? 'r' : `seen: ${first}, then ${second}`);
}
function step() {
  attempt(random(2) === 0 ? move : look);
  setImmediate(step);
}

say('start');
process.stdin.on('data', () => {
  db.close();
  say('end');
  process.exit(0);
});
attempt(() => {
  db = new Database(file, {timeout: 20000, ...(encryptionKey ? {encryptionKey} : {})});
  db.exec('PRAGMA synchronous = OFF');
  db.exec(`PRAGMA cache_size = ${3 + random(40)}`);
});
step();
