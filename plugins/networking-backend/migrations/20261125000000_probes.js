// @ts-check

/**
 * What probes found, and who asks next: shared by the replicas of the backend.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('probes', table => {
    table.comment('The last probe of each host of each route');
    table.string('cluster', 253).notNullable();
    table.string('host', 253).notNullable();
    table.string('route', 64).notNullable().comment('uid of the route');
    table.primary(['cluster', 'host', 'route']);
    table
      .string('evidence', 64)
      .notNullable()
      .comment('Digest of everything that the host hangs on');
    table
      .bigInteger('window_from')
      .notNullable()
      .comment('Milliseconds since 1970 since which the evidence stands');
    table
      .boolean('good')
      .notNullable()
      .comment('A good answer has come since then');
    table
      .bigInteger('claimed_at')
      .notNullable()
      .comment('When the host was last asked; 0: never');
    table
      .bigInteger('quick_from')
      .notNullable()
      .comment('Since when quick_count counts');
    table
      .integer('quick_count')
      .notNullable()
      .comment('Probes that came sooner than a minute after another');
    table.bigInteger('answered_at').comment('When the facts came');
    table.string('answered_by', 64).comment('Random id of the replica');
    table
      .string('basis', 64)
      .comment('Digest of what the facts are an answer to');
    table.text('facts').comment('JSON');
    table.index(['cluster', 'answered_at']);
    table.index(['claimed_at']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('probes');
};
