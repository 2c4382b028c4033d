// @ts-check

/**
 * What was told of certificates in trouble, so that each state is told once.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('certificate_states', table => {
    table.comment('States of certificates in trouble, and who was told');
    table.string('cluster', 253).notNullable();
    table
      .string('certificate', 512)
      .notNullable()
      .comment('<namespace>/<name> of the Secret');
    table
      .string('state', 16)
      .notNullable()
      .comment('expired, untrusted, failing, overdue or due');
    table
      .bigInteger('since')
      .notNullable()
      .comment('Milliseconds since 1970 at which it was first seen');
    table
      .bigInteger('seen_at')
      .notNullable()
      .comment('Milliseconds since 1970 at which it was last seen');
    table
      .bigInteger('told_at')
      .nullable()
      .comment('Milliseconds since 1970 at which somebody was last told');
    table
      .text('told_to')
      .notNullable()
      .comment('Refs of the groups and users who were told, as JSON');
    table.primary(['cluster', 'certificate', 'state']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('certificate_states');
};
