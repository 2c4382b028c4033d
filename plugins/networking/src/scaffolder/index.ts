export { networkingScaffolderModule } from './module';
