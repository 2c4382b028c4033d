// @ts-check

/**
 * Computed addresses at which a Gateway has shown itself. A row stays: of an address that is not dialled any more it says nothing.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('gateway_addresses', table => {
    table.comment('Computed addresses at which a Gateway has shown itself');
    table.string('cluster', 253).notNullable();
    table
      .string('place', 64)
      .notNullable()
      .comment('SHA-256 of the Gateway and of the addresses that are dialled');
    table
      .bigInteger('shown_at')
      .notNullable()
      .comment('Milliseconds since 1970 at which it first did');
    table.primary(['cluster', 'place']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('gateway_addresses');
};
