package carelet.hapi;

import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.config.util.ResourceCountCacheUtil;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirH2Dialect;
import ca.uhn.fhir.jpa.provider.DaoRegistryResourceSupportedSvc;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.provider.ValueSetOperationProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.jpa.util.ResourceCountCache;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.interceptor.CorsInterceptor;
import ca.uhn.fhir.rest.server.interceptor.ResponseHighlighterInterceptor;
import ca.uhn.fhir.rest.server.interceptor.SearchPreferHandlingInterceptor;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import jakarta.persistence.EntityManagerFactory;
import org.apache.commons.dbcp2.BasicDataSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.web.cors.CorsConfiguration;

/**
 * What the server is made of. Environment: HAPI_PORT (8080), HAPI_DB (a JDBC URL; else in memory), and
 * HAPI_STOCK=1 for HAPI's own defaults, to see how the client copes with an untuned server.
 */
@Configuration
@Import({
  JpaR4Config.class,
  JpaBatch2Config.class,
  Batch2JobsConfig.class,
  SubscriptionChannelConfig.class, // the batch jobs need its in-memory broker; no subscription is started
  ThreadPoolFactoryConfig.class,
  PartitionSettings.class,
  SubscriptionSettings.class,
  DaoRegistryResourceSupportedSvc.class
})
public class HapiConfig {

  static final int PORT = Integer.parseInt(setting("HAPI_PORT", "8080"));
  static final String BASE = "http://127.0.0.1:" + PORT + "/fhir";
  static final boolean STOCK = setting("HAPI_STOCK", "").equals("1");

  private static String setting(String name, String otherwise) {
    var value = System.getenv(name);
    return value == null || value.isBlank() ? otherwise : value;
  }

  /** Unless stock, a search sees the write before it, and real exports (which point outside themselves) load. */
  @Bean
  JpaStorageSettings storageSettings() {
    var storage = new JpaStorageSettings();
    if (!STOCK) {
      storage.setReuseCachedSearchResultsForMillis(null);
      storage.setEnforceReferentialIntegrityOnWrite(false);
      storage.setAllowExternalReferences(true);
      storage.setTreatBaseUrlsAsLocal(Set.of(BASE));
      storage.setAllowContainsSearches(true);
    }
    return storage;
  }

  @Bean
  RestfulServer restfulServer(
      IFhirSystemDao<?, ?> systemDao,
      IJpaSystemProvider systemProvider,
      ResourceProviderFactory resourceProviders,
      ValueSetOperationProvider valueSetOperations,
      DatabaseBackedPagingProvider paging,
      JpaStorageSettings storage,
      ISearchParamRegistry searchParams,
      IValidationSupport validation) {
    var server = new RestfulServer(systemDao.getContext());
    server.registerProviders(resourceProviders.createProviders());
    server.registerProviders(systemProvider, valueSetOperations);
    server.setPagingProvider(paging);
    server.setServerConformanceProvider(
        new JpaCapabilityStatementProvider(server, systemDao, storage, searchParams, validation));
    server.registerInterceptor(new ResponseHighlighterInterceptor());
    if (STOCK) {
      server.registerInterceptor(new CorsInterceptor());
    } else {
      server.registerInterceptor(new CorsInterceptor(corsForPages()));
      server.registerInterceptor(new SearchPreferHandlingInterceptor());
    }
    return server;
  }

  /** A page on another port may send If-Match and read ETag, which the stock filter forbids. */
  private static CorsConfiguration corsForPages() {
    var cors = new CorsConfiguration();
    cors.setAllowedOrigins(List.of("*"));
    cors.setAllowedHeaders(List.of("*"));
    cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
    cors.setExposedHeaders(List.of("ETag", "Location", "Content-Location", "Last-Modified", "X-Request-ID"));
    return cors;
  }

  @Bean
  DatabaseBackedPagingProvider pagingProvider() {
    var paging = new DatabaseBackedPagingProvider();
    paging.setDefaultPageSize(20);
    paging.setMaximumPageSize(200);
    return paging;
  }

  @Bean
  DataSource dataSource() {
    var source = new BasicDataSource();
    source.setUrl(setting("HAPI_DB", "jdbc:h2:mem:carelet;DB_CLOSE_DELAY=-1"));
    source.setMaxTotal(20);
    return source;
  }

  @Bean
  LocalContainerEntityManagerFactoryBean entityManagerFactory(
      ConfigurableListableBeanFactory beans, FhirContext fhir, JpaStorageSettings storage, DataSource source) {
    var factory = HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, fhir, storage);
    factory.setPersistenceUnitName("HAPI_PU");
    factory.setDataSource(source);
    factory.setJpaPropertyMap(
        Map.of(
            "hibernate.dialect", HapiFhirH2Dialect.class.getName(),
            "hibernate.hbm2ddl.auto", "update",
            "hibernate.search.enabled", "false"));
    return factory;
  }

  @Bean
  JpaTransactionManager transactionManager(EntityManagerFactory factory) {
    return new JpaTransactionManager(factory);
  }

  /** The capability statement looks this bean up by its name. */
  @Bean("myResourceCountsCache")
  ResourceCountCache resourceCounts(IFhirSystemDao<?, ?> systemDao) {
    return ResourceCountCacheUtil.newResourceCountCache(systemDao);
  }
}
