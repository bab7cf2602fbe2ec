package carelet.hapi;

import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import ca.uhn.fhir.jpa.term.api.ITermReadSvc;
import ca.uhn.fhir.rest.server.RestfulServer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Starts HAPI FHIR R4 on the loopback address and prints where. The settings are in {@link HapiConfig}. */
public final class HapiServer {

  private HapiServer() {}

  public static void main(String[] args) throws Exception {
    var jetty = new Server(new InetSocketAddress("127.0.0.1", HapiConfig.PORT));
    // The socket is opened before Spring starts: a port in use then fails at once, not after half a minute.
    ((ServerConnector) jetty.getConnectors()[0]).open();

    var spring = new AnnotationConfigApplicationContext(HapiConfig.class);
    var servlets = new ServletContextHandler();
    servlets.addServlet(new ServletHolder(spring.getBean(RestfulServer.class)), "/fhir/*");
    jetty.setHandler(servlets);
    jetty.start();

    if (!HapiConfig.STOCK) {
      expandValueSetsEverySecond(spring.getBean(ITermReadSvc.class));
    }
    System.out.println("HAPI FHIR R4 at " + HapiConfig.BASE + (HapiConfig.STOCK ? " (stock settings)" : ""));
  }

  /** HAPI prepares stored value sets every ten minutes; until it has, $expand heeds neither filter nor count. */
  private static void expandValueSetsEverySecond(ITermReadSvc terminology) {
    var clock = Executors.newSingleThreadScheduledExecutor(task -> {
      var thread = new Thread(task, "expand-value-sets");
      thread.setDaemon(true);
      return thread;
    });
    clock.scheduleWithFixedDelay(terminology::preExpandDeferredValueSetsToTerminologyTables, 1, 1, TimeUnit.SECONDS);
  }
}
