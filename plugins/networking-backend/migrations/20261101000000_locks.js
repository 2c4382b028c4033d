// @ts-check

/**
 * Leases that keep two writers of one cluster and host apart, also where several
 * replicas of the backend run.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('locks', table => {
    table.comment('Leases on a cluster and host while an exposure is written');
    table.string('key', 512).primary().comment('<cluster>/<host>');
    table.string('owner', 64).notNullable().comment('Random id of the holder');
    table
      .bigInteger('expires_at')
      .notNullable()
      .comment('Milliseconds since 1970 after which anyone may take it');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('locks');
};
