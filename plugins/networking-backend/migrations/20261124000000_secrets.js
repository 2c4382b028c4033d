// @ts-check

/**
 * Random keys that the replicas of the backend share.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('secrets', table => {
    table.comment('Random keys that every replica needs to have alike');
    table.string('name', 64).primary().comment('What it is for');
    table.string('value', 64).notNullable().comment('32 bytes, base64');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('secrets');
};
