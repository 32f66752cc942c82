// Runs SQL on libSQL's own engine as it is told, line by line; NativeEngine.java knows the answers.
// Arguments: folder of the libsql package, file, key in base64.
const [folder, file, key] = process.argv.slice(2);
const Database = require(folder);
const fs = require('fs');

const decode = text => Buffer.from(text, 'base64').toString('utf8');
const say = line => fs.writeSync(1, line + '\n');

function cell(value) {
  if (value === null || value === undefined) return 'n';
  if (typeof value === 'bigint') return 'i' + value;
  if (typeof value === 'number') return 'd' + value;
  if (typeof value === 'string') return 't' + Buffer.from(value, 'utf8').toString('base64');
  return 'b' + Buffer.from(value).toString('base64');
}
function attempt(action) {
  try {
    action();
    say('ok');
  } catch (e) {
    say('error ' + (e.rawCode || 1) + ' ' + Buffer.from(e.message, 'utf8').toString('base64'));
  }
}

let db;
attempt(() => {
  const options = key ? {encryptionKey: decode(key), encryptionCipher: 'aes256cbc'} : {};
  db = new Database(file, options);
  db.defaultSafeIntegers(true);
});

let pending = '';
process.stdin.on('data', data => {
  pending += data;
  const lines = pending.split('\n');
  pending = lines.pop();
  for (const line of lines) {
    const sql = decode(line);
    attempt(() => {
      if (/^\s*(select|pragma|with|explain)/i.test(sql)) {
        const statement = db.prepare(sql);
        if (statement.reader) {
          for (const row of statement.raw(true).all()) {
            say('row ' + row.map(cell).join(' '));
          }
        } else {
          statement.run();
        }
      } else {
        db.exec(sql);
      }
    });
  }
});
process.stdin.on('end', () => {
  if (db) db.close();
  process.exit(0);
});
