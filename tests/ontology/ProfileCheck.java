import java.io.File;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

/** Prints "in OWL 2 DL" for an ontology file, or each violation of the profile on a line. */
public class ProfileCheck {
    public static void main(String[] arguments) throws Exception {
        OWLOntology ontology =
            OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(arguments[0]));
        var report = new OWL2DLProfile().checkOntology(ontology);
        if (report.isInProfile()) {
            System.out.println("in OWL 2 DL");
        }
        for (OWLProfileViolation violation : report.getViolations()) {
            System.out.println(violation);
        }
    }
}
