// @ts-check

/**
 * Public certificates that were seen in the clusters, since cert-manager drops the
 * requests that hold them. Never a key.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('certificates', table => {
    table.comment('What was issued for Certificates of cert-manager');
    table.string('cluster', 255).notNullable().comment('Name of the cluster');
    table.string('uid', 64).notNullable().comment('Of the Certificate');
    table.integer('revision').notNullable().comment('Of the Certificate');
    table
      .text('chain')
      .notNullable()
      .comment('PEM of the leaf, then of what was given with it');
    table
      .bigInteger('seen_at')
      .notNullable()
      .comment('Milliseconds since 1970: its request was last in the cluster');
    table
      .bigInteger('present_at')
      .notNullable()
      .index()
      .comment('Milliseconds since 1970: the Certificate itself last was');
    table.primary(['cluster', 'uid', 'revision']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('certificates');
};
