// ElectroDB, a single-table library, against a Partita endpoint: two entities in one table, a local
// secondary index, pages, filters, batches, conditions.
//
// Usage: node main.js ENDPOINT   (credentials and region from the usual AWS_* variables)
// Exits 0 if everything holds; throws where it does not.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Entity, Service } from 'electrodb';

const MAX_WAIT_SECONDS = 60;
const TASKS = 40;

const endpoint = process.argv[2];
if (!endpoint) {
  console.error('usage: node main.js ENDPOINT');
  process.exit(2);
}
const table = `electrodb-${randomUUID().slice(0, 8)}`;
const low = new DynamoDBClient({ endpoint });
const client = DynamoDBDocumentClient.from(low);

const Task = new Entity(
  {
    model: { entity: 'task', version: '1', service: 'work' },
    attributes: {
      team: { type: 'string', required: true },
      task: { type: 'string', required: true },
      status: { type: ['open', 'done'], required: true, default: 'open' },
      due: { type: 'string', required: true },
      points: { type: 'number', default: 0 },
      tags: { type: 'set', items: 'string' },
      notes: { type: 'list', items: { type: 'string' } },
    },
    indexes: {
      tasks: { pk: { field: 'pk', composite: ['team'] }, sk: { field: 'sk', composite: ['task'] } },
      byDue: {
        index: 'lsi1',
        pk: { field: 'pk', composite: ['team'] },
        sk: { field: 'lsi1sk', composite: ['due'] },
      },
    },
  },
  { table, client },
);

const Team = new Entity(
  {
    model: { entity: 'team', version: '1', service: 'work' },
    attributes: {
      team: { type: 'string', required: true },
      name: { type: 'string', required: true },
    },
    indexes: {
      team: { pk: { field: 'pk', composite: ['team'] }, sk: { field: 'sk', composite: [] } },
    },
  },
  { table, client },
);

const Work = new Service({ task: Task, team: Team });

async function create() {
  const text = (name) => ({ AttributeName: name, AttributeType: 'S' });
  const keys = (sort) => [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: sort, KeyType: 'RANGE' },
  ];
  await low.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [text('pk'), text('sk'), text('lsi1sk')],
      KeySchema: keys('sk'),
      LocalSecondaryIndexes: [
        { IndexName: 'lsi1', KeySchema: keys('lsi1sk'), Projection: { ProjectionType: 'ALL' } },
      ],
    }),
  );
  await waitUntilTableExists({ client: low, maxWaitTime: MAX_WAIT_SECONDS, minDelay: 1 }, { TableName: table });
}

function task(i) {
  const number = String(i).padStart(3, '0');
  return {
    team: 'red',
    task: `t-${number}`,
    due: `2026-12-${String((i % 28) + 1).padStart(2, '0')}`,
    points: i,
    tags: [i % 2 ? 'odd' : 'even'],
  };
}

async function writes() {
  await Team.create({ team: 'red', name: 'Red' }).go();
  await assert.rejects(Team.create({ team: 'red', name: 'again' }).go(), /conditional request failed/);
  const { unprocessed } = await Task.put(Array.from({ length: TASKS }, (_, i) => task(i))).go();
  assert.deepEqual(unprocessed, []);
}

async function reads() {
  const one = await Task.get({ team: 'red', task: 't-007' }).go({ consistent: true });
  assert.equal(one.data.points, 7);
  assert.equal((await Task.get({ team: 'red', task: 'none' }).go()).data, null);

  const names = [];
  let cursor = null;
  let pages = 0;
  do {
    const page = await Task.query.tasks({ team: 'red' }).go({ cursor, limit: 7, consistent: true });
    names.push(...page.data.map((t) => t.task));
    cursor = page.cursor;
    pages++;
  } while (cursor !== null);
  assert.equal(names.length, TASKS);
  assert.deepEqual(names, [...names].sort());
  assert.ok(pages > 5, `${pages} pages`);

  const back = await Task.query.tasks({ team: 'red' }).go({ order: 'desc', pages: 'all', consistent: true });
  assert.deepEqual(back.data.map((t) => t.task), [...names].reverse());

  const some = await Task.query.tasks({ team: 'red' }).between({ task: 't-010' }, { task: 't-014' }).go({ consistent: true });
  assert.equal(some.data.length, 5);

  const due = await Task.query.byDue({ team: 'red' }).lte({ due: '2026-12-02' }).go({ consistent: true });
  assert.deepEqual(due.data.map((t) => t.due), ['2026-12-01', '2026-12-01', '2026-12-02', '2026-12-02']);

  const odd = await Task.query
    .tasks({ team: 'red' })
    .where(({ tags, points }, { contains, gt }) => `${contains(tags, 'odd')} AND ${gt(points, 30)}`)
    .go({ pages: 'all', consistent: true });
  assert.deepEqual(odd.data.map((t) => t.points), [31, 33, 35, 37, 39]);

  const batch = await Task.get([{ team: 'red', task: 't-001' }, { team: 'red', task: 't-002' }]).go({ consistent: true });
  assert.deepEqual(batch.data.map((t) => t.points).sort(), [1, 2]);

  const all = await Task.scan.go({ pages: 'all', consistent: true });
  assert.equal(all.data.length, TASKS);
}

async function updates() {
  const key = { team: 'red', task: 't-001' };
  await Task.patch(key).set({ status: 'done' }).add({ points: 10, tags: ['late'] }).append({ notes: ['hello'] }).go();
  const { data } = await Task.get(key).go({ consistent: true });
  assert.equal(data.status, 'done');
  assert.equal(data.points, 11);
  assert.deepEqual([...data.tags].sort(), ['late', 'odd']);
  assert.deepEqual(data.notes, ['hello']);

  await assert.rejects(Task.patch({ team: 'red', task: 'none' }).set({ points: 1 }).go(), /conditional request failed/);
  await assert.rejects(
    Task.update(key).set({ points: 0 }).where(({ points }, { lt }) => lt(points, 5)).go(),
    /conditional request failed/,
  );
  const upserted = await Task.upsert({ ...task(99) }).go({ response: 'all_new' });
  assert.equal(upserted.data.points, 99);
  const moved = await Task.patch(key).set({ due: '2027-01-01' }).go({ response: 'all_new' });
  assert.equal(moved.data.due, '2027-01-01');
  const late = await Task.query.byDue({ team: 'red' }).gt({ due: '2026-12-31' }).go({ consistent: true });
  assert.deepEqual(late.data.map((t) => t.task), ['t-001']);
}

async function deletes() {
  const gone = await Task.delete({ team: 'red', task: 't-099' }).go({ response: 'all_old' });
  assert.equal(gone.data.points, 99);
  await Task.delete(Array.from({ length: TASKS }, (_, i) => ({ team: 'red', task: task(i).task }))).go();
  assert.equal((await Task.query.tasks({ team: 'red' }).go({ consistent: true })).data.length, 0);
  assert.equal((await Work.entities.team.get({ team: 'red' }).go({ consistent: true })).data.name, 'Red');
}

try {
  await create();
  await writes();
  await reads();
  await updates();
  await deletes();
  console.log(`ElectroDB against ${endpoint} ok`);
} finally {
  await low.send(new DeleteTableCommand({ TableName: table }));
  await waitUntilTableNotExists({ client: low, maxWaitTime: MAX_WAIT_SECONDS, minDelay: 1 }, { TableName: table });
}
