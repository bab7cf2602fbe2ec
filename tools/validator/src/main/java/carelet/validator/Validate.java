package carelet.validator;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport.IssueSeverity;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CachingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;

/**
 * HL7's R4 validator over files, offline: {@code Validate FILE|FOLDER...}. It reads .json (one resource a file) and .ndjson (one
 * a line) and prints one line a finding, "place TAB severity TAB location TAB message", the place being the file, and the line
 * after a colon for .ndjson. A resource without findings prints "place TAB ok TAB TAB". Judging is left to run.mjs.
 */
public final class Validate {
  private record Input(String place, String text) {}

  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    List<Input> inputs = new ArrayList<>();
    for (String argument : arguments) {
      try (Stream<Path> paths = Files.walk(Path.of(argument))) {
        for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) read(path, inputs, out);
      }
    }
    FhirValidator validator = validator();
    inputs.parallelStream().map(input -> check(validator, input)).forEachOrdered(out::print);
  }

  private static void read(Path path, List<Input> inputs, PrintStream out) {
    String name = path.toString();
    try {
      if (name.endsWith(".json")) inputs.add(new Input(name, Files.readString(path)));
      if (!name.endsWith(".ndjson")) return;
      int number = 0;
      for (String line : Files.readAllLines(path)) {
        number++;
        if (!line.isBlank()) inputs.add(new Input(name + ":" + number, line));
      }
    } catch (IOException unreadable) { // not UTF-8, gone, or forbidden
      out.print(line(name, "fatal", "", unreadable.toString()));
    }
  }

  private static FhirValidator validator() {
    FhirContext context = FhirContext.forR4();
    UnknownCodeSystemWarningValidationSupport unknown = new UnknownCodeSystemWarningValidationSupport(context);
    unknown.setNonExistentCodeSystemSeverity(IssueSeverity.WARNING);
    ValidationSupportChain chain = new ValidationSupportChain(
        new DefaultProfileValidationSupport(context),
        new SnapshotGeneratingValidationSupport(context),
        new CommonCodeSystemsTerminologyService(context),
        new InMemoryTerminologyServerValidationSupport(context),
        unknown);
    FhirInstanceValidator module = new FhirInstanceValidator(new CachingValidationSupport(chain));
    // Extensions of other guides are legitimate; base R4 is what is judged here.
    module.setAnyExtensionsAllowed(true);
    module.setErrorForUnknownProfiles(false);
    module.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
    FhirValidator validator = context.newValidator().registerValidatorModule(module);
    // The definitions are read once, by one thread, before many ask for them.
    validator.validateWithResult("{\"resourceType\":\"Patient\"}");
    return validator;
  }

  private static String check(FhirValidator validator, Input input) {
    try {
      List<SingleValidationMessage> messages = validator.validateWithResult(input.text()).getMessages();
      if (messages.isEmpty()) return line(input.place(), "ok", "", "");
      StringBuilder lines = new StringBuilder();
      for (SingleValidationMessage message : messages)
        lines.append(line(input.place(), message.getSeverity().getCode(), message.getLocationString(), message.getMessage()));
      return lines.toString();
    } catch (RuntimeException | LinkageError failed) { // not JSON, no resourceType: HAPI throws
      return line(input.place(), "fatal", "", failed.toString());
    }
  }

  private static String line(String place, String severity, String location, String message) {
    return String.join("\t", place, severity, plain(location), plain(message)) + "\n";
  }

  private static String plain(String text) {
    return text == null ? "" : text.replaceAll("[\\t\\r\\n]+", " ");
  }
}
