// @ts-check

/**
 * Certificates that somebody had renewed within the last minute, so that none is renewed more often, also where
 * several replicas of the backend run.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('renewals', table => {
    table.comment('Certificates that somebody had renewed of late');
    table.string('uid', 64).primary().comment('Of the Certificate');
    table
      .bigInteger('requested_at')
      .notNullable()
      .comment("Milliseconds since 1970 by the database's clock");
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('renewals');
};
